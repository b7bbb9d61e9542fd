import type { BrokerServer } from '../broker/brokerServer.ts';
import type { MarkerSender } from './markerSender.ts';
import type { TransactionLog } from './transactionLog.ts';
import type { TransactionScans } from './transactionScans.ts';

/** What a broker's transaction coordinator works with. */
export interface CoordinatorParts {
  readonly server: BrokerServer;
  readonly log: TransactionLog;
  readonly markers: MarkerSender;
  readonly scans: TransactionScans;
  readonly isV2: () => boolean;
  /** Of the offsets topic; -1: there is none yet. */
  readonly offsetsPartitionOf: (group: number) => number;
}
