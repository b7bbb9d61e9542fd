/** A partition as the controller's metadata log has it. Plain lists of broker indexes. */
export interface PlainPartition {
  readonly partition: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnown: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly recovering: boolean;
}

/** What somebody wants of a partition; what is absent stays. */
export interface PlainWish {
  readonly isr?: readonly number[];
  readonly replicas?: readonly number[];
  readonly adding?: readonly number[];
  readonly removing?: readonly number[];
  readonly recovered?: boolean;
  readonly election?: 'preferred' | 'unclean';
  /** Came back without a clean shutdown. */
  readonly uncleanReturn?: number;
}

/** What a decision depends on beside the partition itself. */
export interface PlainRules {
  readonly mayLead: (broker: number) => boolean;
  readonly uncleanAllowed: boolean;
  readonly minIsr: number;
  readonly elr: boolean;
  /** Up to 3.5 each ISR shrink raises the leader epoch (KAFKA-15021). */
  readonly shrinkRaisesEpoch: boolean;
  /** From 4.1 (KAFKA-19522). */
  readonly lastKnownMustLive: boolean;
  /** From 4.1 the leader is remembered when the partition loses it, in 4.0 when the ISR empties. */
  readonly rememberedWhenLeaderless: boolean;
  /** From 4.3 a growing reassignment waits for the added replicas only. */
  readonly addedSuffice: boolean;
}

export interface PlainOutcome {
  readonly partition: PlainPartition;
  readonly unclean: boolean;
}

/**
 * One change of a partition by the steps of PartitionChangeBuilder, told as a story: reassignment, eligible replicas,
 * election, epochs. Null: there is nothing to write.
 */
export function decide(before: PlainPartition, wish: PlainWish, rules: PlainRules): PlainOutcome | null {
  let replicas = [...(wish.replicas ?? before.replicas)];
  let adding = [...(wish.adding ?? before.adding)];
  let removing = [...(wish.removing ?? before.removing)];
  let isr = [...(wish.isr ?? before.isr)];
  if (adding.length + removing.length > 0) {
    const final = replicas.filter((id) => !removing.includes(id));
    const staying = isr.filter((id) => !removing.includes(id));
    // A later target may drop what an earlier one was about to add.
    const added = adding.filter((id) => final.includes(id));
    const needed = rules.addedSuffice && adding.length >= removing.length ? added : final;
    if (staying.length > 0 && needed.every((id) => staying.includes(id))) {
      replicas = final;
      isr = staying;
      adding = [];
      removing = [];
    }
  }

  let elr: number[] = [];
  if (rules.elr && isr.length < Math.min(rules.minIsr, replicas.length)) {
    const known = new Set([...before.elr, ...before.isr]);
    elr = [...known].filter((id) => !isr.includes(id) && id !== wish.uncleanReturn).sort((a, b) => a - b);
  }

  const elected = elect(before, wish, rules, replicas, isr, elr, before.lastKnown);
  const leader = elected.leader;
  if (elected.how === 'eligible') {
    isr = [leader];
    elr = elr.filter((id) => id !== leader);
  }
  let recovering = wish.recovered ? false : before.recovering;
  if (elected.how === 'unclean' && leader !== before.leader) {
    isr = [leader];
    elr = [];
    recovering = true;
  }

  let raises = leader !== before.leader;
  if (before.replicas.some((id) => !replicas.includes(id))) raises = true;
  if (rules.shrinkRaisesEpoch && before.isr.some((id) => !isr.includes(id))) raises = true;
  // Without eligible replicas the last member stays in the ISR.
  if (isr.length === 0 && !rules.elr) isr = [...before.isr];

  let lastKnown = rules.elr ? [...before.lastKnown] : [];
  if (rules.elr) {
    const loses = rules.rememberedWhenLeaderless
      ? leader < 0 && before.leader >= 0 && lastKnown.length === 0
      : isr.length === 0 && before.isr.length > 0 && before.leader >= 0;
    if (loses) lastKnown = [before.leader];
    else if (raises && leader >= 0) lastKnown = [];
  }

  const after = { ...before, replicas, adding, removing, isr, elr, lastKnown, leader, recovering };
  if (!raises && JSON.stringify(after) === JSON.stringify(before)) return null;
  return {
    partition: {
      ...after,
      leaderEpoch: before.leaderEpoch + (raises ? 1 : 0),
      partitionEpoch: before.partitionEpoch + 1,
    },
    unclean: elected.how === 'unclean' && leader !== before.leader,
  };
}

function elect(
  before: PlainPartition,
  wish: PlainWish,
  rules: PlainRules,
  replicas: readonly number[],
  isr: readonly number[],
  elr: readonly number[],
  lastKnown: readonly number[],
): { readonly leader: number; readonly how: 'clean' | 'eligible' | 'unclean' | 'none' } {
  const pool = isr.length > 0 ? isr : rules.elr ? elr : [];
  const may = (id: number): boolean => pool.includes(id) && rules.mayLead(id);
  const how = isr.length > 0 ? 'clean' : 'eligible';
  if (wish.election === 'preferred' && may(replicas[0]!)) return { leader: replicas[0]!, how };
  if (before.leader >= 0 && may(before.leader)) return { leader: before.leader, how };
  for (const id of replicas) if (may(id)) return { leader: id, how };
  const [last] = lastKnown;
  if (rules.elr && isr.length + elr.length === 0 && last !== undefined && lastKnown.length === 1)
    if (!rules.lastKnownMustLive || rules.mayLead(last)) return { leader: last, how: 'unclean' };
  const isUnclean = wish.election === 'unclean' || (wish.election === undefined && rules.uncleanAllowed);
  if (isUnclean) for (const id of replicas) if (rules.mayLead(id)) return { leader: id, how: 'unclean' };
  return { leader: -1, how: 'none' };
}
