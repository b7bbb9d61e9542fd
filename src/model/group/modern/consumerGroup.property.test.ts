/** Groups of the consumer protocol under random members, losses and failures: what must hold whatever comes. */
import { expect, test } from 'vitest';
import { RandomStream } from '../../../sim/index.ts';
import { seconds, TestConsumerGroup } from './testConsumerGroup.ts';

/** A client that does as the protocol says, and now and then does not get an answer. */
class Client {
  readonly id: string;
  epoch = 0;
  owned: readonly number[] = [];
  isGone = false;
  /** After an error or without an answer: the coordinator then repeats the assignment. */
  saysEverything = false;

  constructor(id: string) {
    this.id = id;
  }
}

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'];

class Life {
  readonly test = new TestConsumerGroup({ sessionTimeoutUs: seconds(45) });
  readonly random: RandomStream;
  readonly clients: Client[] = [];
  #next = 0;

  constructor(seed: string) {
    this.random = new RandomStream(seed);
  }

  step(): void {
    const dice = this.random.next();
    const client = this.clients[this.random.uniformInt(0, Math.max(1, this.clients.length))];
    if (client === undefined || (dice < 0.1 && this.clients.length < NAMES.length)) this.#join();
    else if (dice < 0.14) this.#drop(client, () => this.test.heartbeat(client.id, -1));
    else if (dice < 0.17) this.#drop(client, () => {});
    else if (dice < 0.19) this.test.failOver();
    else if (dice < 0.2) this.test.partitions = [...this.test.partitions, this.test.partitions.length];
    else if (dice < 0.22) this.test.appendError = this.test.appendError === 'NONE' ? 'NOT_ENOUGH_REPLICAS' : 'NONE';
    else this.beat(client, dice < 0.3);
    const { timers } = this.test;
    timers.runUntil(timers.nowUs + seconds(this.random.uniformInt(0, 3)));
  }

  /** Reports what it owns, and takes what it is told: first it gives up, then it says so, as a real one does. */
  beat(client: Client, isAnswerLost: boolean): void {
    const everything = { rebalanceTimeoutUs: seconds(300), subscribedTopics: ['orders'] };
    const answer = this.test.heartbeat(client.id, client.epoch, {
      ...(client.saysEverything ? everything : {}),
      ownedPartitions: client.epoch === 0 ? [] : client.owned,
    });
    client.saysEverything = isAnswerLost || answer.error !== 'NONE';
    if (isAnswerLost) return;
    if (answer.error === 'FENCED_MEMBER_EPOCH' || answer.error === 'UNKNOWN_MEMBER_ID') {
      client.epoch = 0;
      client.owned = [];
    } else if (answer.error === 'NONE') {
      client.epoch = answer.memberEpoch;
      if (answer.assignment !== null) client.owned = answer.assignment;
    }
  }

  /** All heartbeat in turn until nothing moves any more. */
  settle(): void {
    this.test.appendError = 'NONE';
    for (let round = 0; round < 30; round++) {
      for (const client of this.clients) this.beat(client, false);
      this.test.timers.runUntil(this.test.timers.nowUs + seconds(5));
    }
  }

  #join(): void {
    const client = new Client(`${NAMES[this.#next % NAMES.length]}${this.#next}`);
    this.#next++;
    this.clients.push(client);
    this.beat(client, false);
  }

  #drop(client: Client, say: () => void): void {
    client.isGone = true;
    this.clients.splice(this.clients.indexOf(client), 1);
    if (client.epoch > 0) say();
  }
}

function ownersOf({ test }: Life): number[] {
  const { members } = test.group.image;
  return [...members.values()].flatMap(({ assigned, pendingRevocation }) => [...assigned, ...pendingRevocation]);
}

test.each(Array.from({ length: 40 }, (_, index) => `life-${index}`))(
  '%s: no partition has two owners, and all end with their target',
  (seed) => {
    const life = new Life(seed);
    for (let step = 0; step < 250; step++) {
      life.step();
      const owners = ownersOf(life);
      expect(new Set(owners).size, `step ${step}`).toBe(owners.length);
      const { groupEpoch, assignmentEpoch, members } = life.test.group.image;
      expect(assignmentEpoch).toBeLessThanOrEqual(groupEpoch);
      for (const { memberEpoch } of members.values()) expect(memberEpoch).toBeLessThanOrEqual(assignmentEpoch);
    }
    life.settle();
    const { image, state } = life.test.group;
    expect(state).toBe(life.clients.length === 0 ? 'Empty' : 'Stable');
    for (const client of life.clients) expect(client.owned).toEqual(image.members.get(client.id)?.assigned);
    if (life.clients.length > 0) expect(ownersOf(life).sort((a, b) => a - b)).toEqual(life.test.partitions);
    const sizes = life.clients.map(({ owned }) => owned.length);
    expect(Math.max(0, ...sizes) - Math.min(...sizes, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(1);
  },
);
