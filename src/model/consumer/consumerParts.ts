import type { CommitStyle } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { ClientMetadata } from '../client/clientMetadata.ts';
import type { ModelContext } from '../context.ts';
import type { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { ConsumerSettings } from './consumerSettings.ts';
import type { CoordinatorLink } from './coordinatorLink.ts';
import type { Subscription } from './subscription.ts';

/** What the parts of one consumer share. */
export interface ConsumerParts {
  readonly ctx: ModelContext;
  readonly process: Process;
  readonly client: number;
  readonly group: number;
  readonly commitStyle: CommitStyle;
  readonly settings: ConsumerSettings;
  readonly subscription: Subscription;
  readonly metadata: ClientMetadata;
  /** Fetches, ListOffsets, Metadata. */
  readonly network: NetworkClient;
  readonly link: CoordinatorLink;
  /** By global broker index. */
  readonly brokerProcesses: readonly Process[];
  readonly random: RandomStream;
}
