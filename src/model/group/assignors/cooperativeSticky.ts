/**
 * The sticky assignment in two rounds: a partition that changes owner between live members is in nobody's assignment in
 * the first one; its old owner revokes it and rejoins, and the second round hands it out.
 *
 * Source: Apache Kafka `CooperativeStickyAssignor`, KIP-429.
 */
import type { Assignment, Assignor, AssignorInput } from './assignor.ts';
import { assignSticky, toAssignment } from './sticky.ts';
import { prepareStickyInput } from './stickyInput.ts';

function assign(input: AssignorInput): Assignment {
  const prepared = prepareStickyInput(input);
  const result = assignSticky(prepared);
  const isGranted = (partition: number): boolean => !result.transferring.has(partition);
  const granted = result.assigned.map((partitions) => partitions.filter(isGranted));
  return toAssignment(prepared, { ...result, assigned: granted });
}

export const cooperativeStickyAssignor: Assignor = {
  name: 'cooperative-sticky',
  rebalanceProtocol: 'COOPERATIVE',
  assign,
};
