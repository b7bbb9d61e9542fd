import { expect, test } from 'vitest';
import { PartitionHistory } from '../log/partitionHistory.ts';
import type { PartitionImage } from '../metadata.ts';
import { Exchange } from '../network/exchange.ts';
import type { ProduceRequest, ProduceResponse } from '../protocol.ts';
import { DelayedProduce } from './delayedProduce.ts';
import { LeaderState } from './leaderState.ts';
import { Replica, type TopicLimits } from './replica.ts';

const LIMITS: TopicLimits = {
  minInsyncReplicas: 1,
  maxMessageBytes: 1_048_588,
  retentionUs: -1,
  retentionBytes: -1,
  segmentBytes: 1_073_741_824,
  segmentUs: 604_800_000_000,
  flushRecords: Number.POSITIVE_INFINITY,
  flushUs: Number.POSITIVE_INFINITY,
  deletes: true,
};

function leaderOf(replicas: readonly number[]): LeaderState {
  const replica = new Replica(0, 0, new PartitionHistory(), LIMITS);
  const image: PartitionImage = {
    partition: 0,
    replicas,
    adding: [],
    removing: [],
    isr: replicas,
    elr: [],
    leader: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    recovering: false,
    reason: 'created',
    event: -1,
  };
  return new LeaderState(replica, image, 0);
}

function waitingFor(leader: LeaderState, offset: number): DelayedProduce {
  const request: ProduceRequest = { acks: -1, timeoutUs: 30_000_000, batches: [], client: 0 };
  const owner = { onResponse: () => {}, onFailure: () => {} };
  const response: ProduceResponse = { errors: ['NONE'], baseOffsets: [0], leaders: [-1], leaderEpochs: [-1] };
  const exchange = new Exchange<ProduceRequest, ProduceResponse>('Produce', request, owner);
  const produce = new DelayedProduce(exchange, response, 30_000_000);
  produce.wait(0, leader, offset);
  return produce;
}

test('a duplicate waits for its own records, not for those of batches that were appended after them', () => {
  const leader = leaderOf([0, 1, 2]);
  const first = waitingFor(leader, 5);
  const later = waitingFor(leader, 20);
  const duplicate = waitingFor(leader, 10);
  expect(leader.produces).toEqual([first, duplicate, later]);
  expect(leader.produces.map((one) => one.requiredOn(leader))).toEqual([5, 10, 20]);
});
