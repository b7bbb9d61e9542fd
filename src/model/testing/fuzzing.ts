import { loadOne } from '../../spec/testing/load.ts';
import { playLawful } from './lawful.ts';
import { compareScenario, playCompared } from './oracle/play.ts';
import type { Questions } from './questions.ts';
import { type ClusterPlan, keepsPromise, yamlOf } from './randomCluster.ts';

/** What is wrong with a run; null: the oracle agrees, the invariants hold, and promises are kept. */
export function findingOf(plan: ClusterPlan): string | null {
  return attempt(() => {
    const playOne = plan.zooKeepers > 0 ? playLawful : playCompared;
    const { ask } = playOne(yamlOf(plan), { seed: plan.seed });
    return brokenPromise(
      ask,
      keepsPromise(plan),
      plan.producers.every(({ idempotent }) => idempotent),
    );
  });
}

/** The same for a scenario file; what acks=all promises is not judged. */
export function findingIn(yaml: string): string | null {
  return attempt(() => brokenPromise(compareScenario(loadOne(yaml)).ask, false, false));
}

function attempt(run: () => string | null): string | null {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isKnown = error.name === 'Disagreement' || error.name === 'Violation';
    return isKnown ? `${error.name}: ${error.message}` : (error.stack ?? error.message);
  }
}

/** Conservation of records always; with acks=all under its conditions no loss, with idempotence no duplicate either. */
function brokenPromise(ask: Questions, isPromised: boolean, isIdempotent: boolean): string | null {
  const { miscounted, acknowledgedAndLost, storedTwice } = ask.fates();
  if (miscounted > 0) return `${miscounted} records have no fate, or two`;
  if (!isPromised) return null;
  if (acknowledgedAndLost > 0) return `${acknowledgedAndLost} records were acknowledged and are lost`;
  if (isIdempotent && storedTwice > 0) return `${storedTwice} records of idempotent producers are stored twice`;
  if (isIdempotent && ask.backwardSteps() > 0) return 'records of idempotent producers are out of order';
  return null;
}

/** Smaller plans of which each leaves one thing out, the largest things first. */
function* smaller(plan: ClusterPlan): Generator<ClusterPlan> {
  if (plan.group) yield { ...plan, group: false };
  for (const i of plan.operations.keys()) yield { ...plan, operations: without(plan.operations, i) };
  for (const i of plan.failures.keys()) yield { ...plan, failures: without(plan.failures, i) };
  for (const { name } of plan.topics) {
    const topics = plan.topics.filter((topic) => topic.name !== name);
    const producers = plan.producers.filter(({ topic }) => topic !== name);
    const operations = plan.operations.filter(({ what }) => !what.includes(name));
    if (topics.length > 0) yield { ...plan, topics, producers, operations };
  }
  if (plan.producers.length > 1)
    for (const i of plan.producers.keys()) yield { ...plan, producers: without(plan.producers, i) };
  for (const [i, topic] of plan.topics.entries())
    if (topic.replicas.length > 1) {
      const topics = plan.topics.with(i, { ...topic, replicas: topic.replicas.slice(0, -1) });
      yield { ...plan, topics };
    }
  if (plan.brokers > 3) {
    const isUsed = (id: number): boolean =>
      plan.topics.some(({ replicas }) => replicas.some((ids) => ids.includes(id))) ||
      [...plan.failures, ...plan.operations].some(({ broker, what }) => broker === id || what.includes(`${id}`));
    if (!isUsed(plan.brokers)) yield { ...plan, brokers: plan.brokers - 1 };
  }
  for (const producer of plan.producers.keys()) {
    const one = plan.producers[producer]!;
    if (one.perSec > 5) yield { ...plan, producers: plan.producers.with(producer, { ...one, perSec: 5 }) };
  }
  if (plan.durationSec > 20) yield { ...plan, durationSec: Math.ceil(plan.durationSec * 0.75) };
}

function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, i) => i !== index);
}

/** The smallest plan on the way down that still has a finding; at most `tries` runs. */
export function shrink(
  plan: ClusterPlan,
  hasFinding: (plan: ClusterPlan) => boolean = (one) => findingOf(one) !== null,
  tries = 300,
): ClusterPlan {
  let smallest = plan;
  let left = tries;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(smallest)) {
      if (left-- <= 0) return smallest;
      if (!isPlayable(candidate) || !hasFinding(candidate)) continue;
      smallest = candidate;
      found = true;
      break;
    }
  }
  return smallest;
}

/** A plan that the front door refuses is no smaller finding. */
function isPlayable(plan: ClusterPlan): boolean {
  try {
    loadOne(yamlOf(plan));
    return true;
  } catch {
    return false;
  }
}
