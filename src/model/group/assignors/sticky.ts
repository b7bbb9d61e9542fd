/**
 * As even as possible first, then as few changes as possible; eager: everybody gives up everything while it rebalances.
 *
 * Source: Apache Kafka `StickyAssignor`, KIP-54.
 */
import type { Assignment, Assignor, AssignorInput } from './assignor.ts';
import { assignConstrained, type StickyResult } from './stickyConstrained.ts';
import { assignGeneral } from './stickyGeneral.ts';
import { prepareStickyInput, type StickyInput } from './stickyInput.ts';

export function assignSticky(input: StickyInput): StickyResult {
  return input.isUniform ? assignConstrained(input) : assignGeneral(input);
}

export function toAssignment(input: StickyInput, result: StickyResult): Assignment {
  const indexesOf = (partitions: readonly number[]) =>
    partitions.map((partition) => input.indexes[partition] as number);
  return new Map(input.members.map((member, index) => [member.memberId, indexesOf(result.assigned[index] ?? [])]));
}

function assign(input: AssignorInput): Assignment {
  const prepared = prepareStickyInput(input);
  return toAssignment(prepared, assignSticky(prepared));
}

export const stickyAssignor: Assignor = { name: 'sticky', rebalanceProtocol: 'EAGER', assign };
