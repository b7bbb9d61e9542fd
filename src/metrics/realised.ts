import type { Cast, TraceEvent } from '../model/trace.ts';
import type { RealisedFailure, RealisedOperation } from '../result/runResult.ts';

/** Failures as they really happened, in order of time; a random process appears once for each time it struck. */
export function realisedFailures(events: readonly TraceEvent[], cast: Cast): RealisedFailure[] {
  const realised: RealisedFailure[] = [];
  const inForce = new Map<number, RealisedFailure>();
  for (const event of events) {
    if (event.type === 'failure.ended') {
      const ended = inForce.get(event.failure);
      if (ended !== undefined) ended.toUs = event.atUs;
      inForce.delete(event.failure);
    }
    if (event.type !== 'failure.began' && event.type !== 'failure.touchedNothing') continue;
    const verb = cast.scenario.failures[event.failure]?.action.verb ?? 'failure';
    const began = event.type === 'failure.began';
    const failure: RealisedFailure = {
      name: event.name,
      verb,
      fromUs: event.atUs,
      toUs: began ? null : event.atUs,
      touched: began ? [...event.touched] : [],
      note: began ? null : event.why,
    };
    realised.push(failure);
    if (began) inForce.set(event.failure, failure);
  }
  return realised;
}

export function realisedOperations(events: readonly TraceEvent[], cast: Cast): RealisedOperation[] {
  const realised: RealisedOperation[] = [];
  const running = new Map<number, RealisedOperation>();
  for (const event of events) {
    switch (event.type) {
      case 'operation.began': {
        const verb = cast.scenario.operations[event.operation]?.action.verb ?? 'operation';
        const operation = { name: event.name, verb, fromUs: event.atUs, toUs: null, steps: [], error: null };
        realised.push(operation);
        running.set(event.operation, operation);
        break;
      }
      case 'operation.step':
        running.get(event.operation)?.steps.push({ atUs: event.atUs, what: event.what });
        break;
      case 'operation.ended': {
        const ended = running.get(event.operation);
        if (ended === undefined) break;
        ended.toUs = event.atUs;
        ended.error = event.error;
      }
    }
  }
  return realised;
}
