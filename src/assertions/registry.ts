import { always, never } from './always.ts';
import { atInstant } from './atInstant.ts';
import { availability } from './availability.ts';
import type { ClaimDefinition } from './checker.ts';
import { consumersIdle } from './consumersIdle.ts';
import { crossZoneTraffic } from './crossZoneTraffic.ts';
import { diskBelow } from './diskBelow.ts';
import { eventually } from './eventually.ts';
import { exactlyOnce } from './exactlyOnce.ts';
import { leadersBalanced } from './leadersBalanced.ts';
import { metric } from './metric.ts';
import { noDuplicates } from './noDuplicates.ts';
import { noRecordLoss } from './noRecordLoss.ts';
import { noUncommittedRead } from './noUncommittedRead.ts';
import { orderPreserved } from './orderPreserved.ts';
import { partitionsSpread } from './partitionsSpread.ts';
import { rackAware } from './rackAware.ts';
import { rebalances } from './rebalances.ts';
import { recoveryTime } from './recoveryTime.ts';
import { timeBelowMargin } from './timeBelowMargin.ts';

/** Every claim that an expectation can make; schema, docs, `--help` and checkers all come from this list. */
export const CLAIMS: readonly ClaimDefinition[] = [
  noRecordLoss,
  noDuplicates,
  orderPreserved,
  noUncommittedRead,
  exactlyOnce,
  availability,
  recoveryTime,
  timeBelowMargin,
  metric,
  always,
  never,
  eventually,
  atInstant,
  rebalances,
  consumersIdle,
  leadersBalanced,
  rackAware,
  partitionsSpread,
  diskBelow,
  crossZoneTraffic,
];

const BY_NAME = new Map(CLAIMS.map((claim) => [claim.name, claim]));

export function claimNamed(name: string): ClaimDefinition | undefined {
  return BY_NAME.get(name);
}
