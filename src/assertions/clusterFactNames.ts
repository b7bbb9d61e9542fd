import type { Collector } from '../metrics/collector.ts';
import type { FactDefinition, FactProbe, Params } from './facts/fact.ts';
import { assignment, consumerLag, groupState } from './facts/groupFacts.ts';
import { KAFKA_FACTS } from './facts/kafkaFacts.ts';
import { brokerState, controller } from './facts/nodeFacts.ts';
import { endOffset, highWatermark } from './facts/offsetFacts.ts';
import { elr, isr, leader, replicas } from './facts/replicaFacts.ts';
import { offlinePartitions, topicExists, underMinIsr, underReplicated } from './facts/topicFacts.ts';

export const FACTS: readonly FactDefinition[] = [
  leader,
  isr,
  elr,
  replicas,
  offlinePartitions,
  underReplicated,
  underMinIsr,
  controller,
  brokerState,
  groupState,
  assignment,
  consumerLag,
  topicExists,
  endOffset,
  highWatermark,
  ...KAFKA_FACTS,
];

/** The fact that stands in `params`; a claim names exactly one. */
export function factIn(params: Params, collector: Collector): FactProbe {
  const named = FACTS.filter(({ name }) => params[name] !== undefined && params[name] !== null);
  if (named.length !== 1) throw new Error(`one cluster fact is needed: ${FACTS.map(({ name }) => name).join(', ')}`);
  return named[0]!.create(params[named[0]!.name] as Params, collector);
}
