import { isHomogeneous, type ServerAssignor } from './serverAssignor.ts';
import { serverRangeAssignor } from './serverRange.ts';
import { uniformHeterogeneous } from './uniformHeterogeneous.ts';
import { uniformHomogeneous } from './uniformHomogeneous.ts';

/** The default of `group.consumer.assignors`. Source: Apache Kafka `coordinator/group/assignor/UniformAssignor.java`. */
export const uniformAssignor: ServerAssignor = {
  name: 'uniform',
  assign: (input) => (isHomogeneous(input.members) ? uniformHomogeneous(input) : uniformHeterogeneous(input)),
};

/** What `group.consumer.assignors` may name. */
export const SERVER_ASSIGNORS: readonly ServerAssignor[] = [uniformAssignor, serverRangeAssignor];
