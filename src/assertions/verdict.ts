import type { EventLog } from '../metrics/eventLog.ts';
import { textOf } from '../metrics/eventText.ts';
import type { Cast, EventId } from '../model/trace.ts';
import type { CauseLink, Verdict, VerdictStatus } from '../result/runResult.ts';
import type { Expectation } from '../scenario/scenario.ts';
import type { Checker, Finding } from './checker.ts';

/**
 * The verdict of one expectation. `violated: true` turns passed into failed and back, since the scenario documents
 * a weakness; inconclusive stays: what was not observed is no proof of a weakness either.
 */
export function verdictOf(
  expectation: Expectation,
  checker: Checker,
  finding: Finding,
  events: EventLog,
  cast: Cast,
): Verdict {
  return {
    name: expectation.name,
    claim: expectation.claim,
    status: turned(finding.status, expectation.violated),
    expected: expectation.violated ? `a violation of: ${checker.expected}` : checker.expected,
    observed: finding.observed,
    atUs: finding.atUs,
    violationExpected: expectation.violated,
    location: { ...expectation.location },
    evidence: finding.evidence.map((piece) => ({ ...piece })),
    causes: causesOf(finding.cause, events, cast),
  };
}

export function turned<Status extends VerdictStatus | null>(status: Status, violated: boolean): Status | VerdictStatus {
  if (!violated) return status;
  if (status === 'passed') return 'failed';
  return status === 'failed' ? 'passed' : status;
}

function causesOf(cause: EventId, events: EventLog, cast: Cast): CauseLink[] {
  return events.chain(cause).map((event) => ({ eventId: event.id, atUs: event.atUs, text: textOf(event, cast) }));
}
