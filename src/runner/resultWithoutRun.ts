import { emptyEntry } from '../metrics/ledger.ts';
import { RESULT_SCHEMA_VERSION, type RunResult, type Verdict } from '../result/runResult.ts';
import type { Expectation, Scenario } from '../scenario/scenario.ts';
import { describeScenario } from './describeScenario.ts';
import { describeEnvironment } from './environment.ts';
import { outcomeOf } from './outcome.ts';
import { programVersion } from './programVersion.ts';
import { reproduceCommand } from './reproduceCommand.ts';

/** The result of a run of which nothing is known but why: it never began, ran out of memory, or the program failed. */
export function resultWithoutRun(
  scenario: Scenario,
  seed: string,
  settings: readonly string[],
  endedEarly: NonNullable<RunResult['endedEarly']>,
  simulatedUs = 0,
): RunResult {
  const verdicts = scenario.expectations.map((expectation) => undecided(expectation, endedEarly.text));
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    program: { name: 'streamproof', version: programVersion() },
    scenario: describeScenario(scenario),
    seed,
    outcome: outcomeOf(
      verdicts.map(({ status }) => status),
      endedEarly,
    ),
    endedEarly,
    simulatedUs,
    verdicts,
    timeline: [],
    timelineOmitted: 0,
    failures: [],
    operations: [],
    partitions: [],
    series: [],
    histograms: [],
    totals: {},
    ledger: { total: emptyEntry('total'), topics: [], groups: [] },
    notModelled: scenario.notModelled.map((item) => ({ ...item })),
    assumptions: [],
    events: { control: 0, data: 0, trace: 0 },
    digest: '',
    reproduce: reproduceCommand(scenario, seed, settings),
    environment: describeEnvironment(Date.now(), 0),
  };
}

function undecided(expectation: Expectation, why: string): Verdict {
  const { file, line, column } = expectation.location;
  return {
    name: expectation.name,
    claim: expectation.claim,
    status: 'inconclusive',
    expected: expectation.name,
    observed: why.split('\n')[0] ?? why,
    atUs: null,
    violationExpected: expectation.violated,
    location: { file, line, column },
    evidence: [],
    causes: [],
  };
}
