/**
 * What must be expressible, played and shown, concept by concept, and what proves each. A concept without proof stays
 * in the table as open. `tests/docs.test.ts` checks that every file named here exists.
 */
export interface CoverageRow {
  readonly concept: string;
  /** The rule in a few words; empty while the concept is open. */
  readonly rule?: string;
  /** Kafka class, KIP or our own. */
  readonly source?: string;
  readonly tests?: readonly string[];
  /** Below `scenarios/`, without the suffix. */
  readonly scenarios?: readonly string[];
  /** What is missing, where a part is there. */
  readonly missing?: string;
}

export interface CoverageArea {
  readonly area: string;
  readonly rows: readonly CoverageRow[];
}

const open = (concept: string, missing?: string): CoverageRow => ({ concept, missing });

export const COVERAGE: readonly CoverageArea[] = [
  {
    area: 'Building blocks',
    rows: [
      {
        concept: 'brokers, topics, partitions, offsets',
        rule: 'topics are placed striped over racks; offsets are dense in each partition',
        source: 'StripedReplicaPlacer',
        tests: ['evidence/vectors/replica-placement.json', 'src/spec/load.test.ts'],
        scenarios: ['01-quick-start'],
      },
      {
        concept: 'append-only log',
        rule: 'columns of ranges, one log per leader epoch, shared by its replicas',
        source: 'KIP-101',
        tests: ['src/model/log/replicaLog.test.ts', 'src/model/algorithms/storing.test.ts'],
        scenarios: ['01-quick-start'],
      },
      {
        concept: 'producers',
        rule: 'accumulator, sender, retries; each record ends in one of four populations',
        source: 'KafkaProducer, Sender, RecordAccumulator',
        tests: ['src/model/producer/delivery.test.ts', 'src/metrics/ledger.test.ts'],
        scenarios: ['01-quick-start', '02-broker-crash-acks-all'],
      },
      {
        concept: 'consumers and groups; each record to one member',
        rule: 'classic protocol with four assignors, consumer protocol with two (from 4.0)',
        source: 'GroupMetadataManager, ConsumerCoordinator, ConsumerMembershipManager; KIP-848',
        tests: [
          'src/model/consumer/membership.test.ts',
          'src/model/group/classicGroupTimelines.test.ts',
          'src/model/consumer/consumerProtocol.test.ts',
          'evidence/vectors/kip848-timelines.json',
        ],
        scenarios: ['11-consumer-crash', '37-rebalance-protocols-side-by-side', 'measured/group-join-consumer'],
      },
      {
        concept: 'more members than partitions: idle ones',
        rule: 'an assignor gives each partition to one member',
        source: 'ConsumerPartitionAssignor',
        tests: ['src/model/consumer/membership.test.ts', 'src/assertions/groups.test.ts'],
        scenarios: ['11-consumer-crash'],
      },
      {
        concept: 'several independent groups on one topic',
        rule: 'each group has its own offsets and coordinator',
        source: 'GroupCoordinatorService',
        tests: ['evidence/vectors/coordinator-partition.json'],
        scenarios: [],
      },
      {
        concept: 'decoupled speeds',
        rule: 'lag is high watermark minus position',
        source: 'AbstractFetch',
        tests: ['src/metrics/collector.test.ts', 'src/model/consumer/commitStyles.test.ts'],
        scenarios: ['12-slow-consumer'],
      },
      open('replay from an old offset', '`auto.offset.reset` is played; `resetOffsets` is not'),
    ],
  },
  {
    area: 'Coordination',
    rows: [
      {
        concept: 'the controller and its fail-over; KRaft quorum',
        rule: 'raft election with pre-vote; a leader without a majority resigns',
        source: 'KafkaRaftClient, QuorumState; KIP-595, KIP-996',
        tests: ['src/model/controller/quorum.test.ts'],
        scenarios: ['measured/controller-kill', '14-controllers-lost'],
      },
      {
        concept: 'broker registration and liveness',
        rule: 'sessions from the last heartbeat; fencing by event or by scan, as the release does',
        source: 'BrokerHeartbeatManager; KIP-631',
        tests: ['src/model/controller/brokers.test.ts'],
        scenarios: ['measured/kill-broker', 'measured/term-broker', 'measured/cut-broker-from-controller'],
      },
      {
        concept: 'ZooKeeper ensemble (2.8 to 3.9)',
        rule: 'quorum, sessions in ticks, ephemeral nodes; the controller among the brokers with the election rules of its time',
        source: 'KafkaController, PartitionStateMachine, ZooKeeperClient; KIP-500',
        tests: [
          'src/model/zookeeper/ensemble.test.ts',
          'tests/groundTruth/zookeeper.test.ts',
          'tests/model/zookeeperInvariants.test.ts',
        ],
        scenarios: ['30-zookeeper-to-kraft', 'measured/zookeeper-kill-broker'],
      },
      {
        concept: 'several stand-alone ZooKeepers in one zookeeper.connect',
        rule: 'each broker picks one by a shuffle that the clock seeds; apart, they are two clusters',
        source: 'StaticHostProvider, KafkaServer',
        tests: ['src/model/zkController/standAlone.test.ts', 'tests/groundTruth/zookeeper.test.ts'],
        scenarios: ['29-two-standalone-zookeepers'],
      },
    ],
  },
  {
    area: 'Replication',
    rows: [
      {
        concept: 'leader and followers, ISR',
        rule: 'out after `replica.lag.time.max.ms`, in when caught up, both when the controller committed it',
        source: 'Partition, AlterPartitionManager; KIP-497',
        tests: ['src/model/replication/isr.test.ts', 'src/model/controller/requests.test.ts'],
        scenarios: ['measured/kill-broker', 'measured/freeze-5s', 'measured/cut-broker-from-brokers'],
      },
      {
        concept: 'high watermark',
        rule: 'smallest log end of leader and maximal ISR; from 3.7 it waits for the minimum',
        source: 'Partition.maybeIncrementLeaderHW; KAFKA-15583',
        tests: ['src/model/replication/acks.test.ts', 'src/model/replication/isr.test.ts'],
        scenarios: ['01-quick-start', 'measured/min-isr-lost'],
      },
      {
        concept: 'leader election, waiting for an ISR member',
        rule: 'from the ISR, then the ELR',
        source: 'PartitionChangeBuilder',
        tests: ['src/model/algorithms/partitionChange.test.ts', 'evidence/vectors/partition-change.json'],
        scenarios: ['02-broker-crash-acks-all', '05-unclean-election-off'],
      },
      {
        concept: 'unclean election',
        rule: 'only where the config allows; what only others had is cut off',
        source: 'ReplicationControlManager',
        tests: ['src/model/controller/requests.test.ts', 'src/model/replication/truncation.test.ts'],
        scenarios: ['06-unclean-election-on', 'measured/unclean-on'],
      },
      {
        concept: 'eligible leader replicas',
        rule: 'who leaves an ISR below the minimum stays eligible',
        source: 'KIP-966',
        tests: ['src/model/algorithms/partitionChange.test.ts', 'evidence/vectors/partition-change.json'],
        scenarios: ['18-eligible-leader-replicas'],
      },
      {
        concept: 'min ISR',
        rule: 'acks=all is refused below it',
        source: 'Partition',
        tests: ['src/model/replication/acks.test.ts'],
        scenarios: ['04-min-isr-lost', 'measured/min-isr-lost'],
      },
      {
        concept: 'rack-aware placement',
        rule: 'racks are walked in turn',
        source: 'StripedReplicaPlacer',
        tests: [
          'evidence/vectors/replica-placement.json',
          'src/model/algorithms/replicaPlacer.test.ts',
          'tests/groundTruth/reassignment.test.ts',
        ],
        scenarios: ['07-zone-outage'],
      },
      {
        concept: 'reassignment',
        rule: 'lists, completion, replacement, reversal; throttles of leader and follower',
        source: 'PartitionReassignmentReplicas, ReplicationQuotaManager; KIP-455, KIP-73',
        tests: [
          'evidence/vectors/partition-reassignment.json',
          'src/model/controller/reassignments.test.ts',
          'src/model/replication/throttledMoves.test.ts',
          'tests/groundTruth/reassignment.test.ts',
          'tests/model/moves.test.ts',
        ],
        scenarios: ['23-reassign-with-throttle', 'measured/reassignment-throttled'],
      },
      {
        concept: 'preferred leaders',
        rule: 'given back after they are noticed, or each period, as the release does',
        source: 'QuorumController',
        tests: ['src/model/controller/controllerPlane.test.ts'],
        scenarios: ['measured/preferred-return'],
      },
    ],
  },
  {
    area: 'Life of a message',
    rows: [
      {
        concept: 'publish, append on the leader, copy, acknowledge',
        rule: 'acks 0, 1, all',
        source: 'ReplicaManager, DelayedProduce',
        tests: ['src/model/replication/acks.test.ts', 'src/model/algorithms/producing.test.ts'],
        scenarios: ['01-quick-start', 'measured/distance-20ms-acks-all'],
      },
      {
        concept: 'consume',
        rule: 'up to the high watermark; commit before, after or by time',
        source: 'AbstractFetch, ConsumerCoordinator',
        tests: ['src/model/consumer/positions.test.ts', 'src/model/consumer/commitStyles.test.ts'],
        scenarios: ['08-rolling-restart', '12-slow-consumer'],
      },
      {
        concept: 'delete when retention ends',
        rule: 'whole segments, never past the high watermark',
        source: 'UnifiedLog',
        tests: ['src/model/algorithms/storing.test.ts', 'evidence/vectors/log-retention-segments.json'],
        scenarios: ['measured/retention'],
      },
    ],
  },
  {
    area: 'Partitioning',
    rows: [
      {
        concept: 'key hashing',
        rule: 'murmur2 of the key, sign bit cleared, modulo partitions',
        source: 'BuiltInPartitioner',
        tests: ['evidence/vectors/partitioner-murmur2.json', 'evidence/vectors/partitioner-binary-keys.json'],
        scenarios: ['13-hot-partition', 'measured/batches-keyed-linger-5'],
      },
      {
        concept: 'sticky and round robin',
        rule: 'sticky by bytes and load from 3.3, per batch before',
        source: 'KIP-480, KIP-794',
        tests: ['src/model/algorithms/producing.test.ts', 'evidence/vectors/partitioner-adaptive.json'],
        scenarios: ['measured/batches-no-key-linger-5', '09-frozen-broker'],
      },
      {
        concept: 'hot keys and hot partitions',
        rule: 'keys are named and hashed as in life; zipf or one hot key',
        source: 'our own',
        tests: ['src/model/producer/arrivals.test.ts'],
        scenarios: ['13-hot-partition'],
      },
      open('custom partitioners', 'fixed weights are there'),
      {
        concept: 'adding partitions: which keys move, which order breaks',
        rule: 'the hash of a key is taken over more partitions once a client knows of them',
        source: 'BuiltInPartitioner; KIP-195',
        tests: ['src/model/operations/clusterSize.test.ts'],
        scenarios: ['19-changing-configs'],
        missing: 'no scenario shows yet which order breaks',
      },
      {
        concept: 'scaling consumers out and in',
        rule: 'the operation `scale`',
        source: 'our own',
        tests: ['src/model/consumer/lifecycle.test.ts'],
        scenarios: ['measured/group-join-coop'],
      },
      {
        concept: 'scaling brokers out and in',
        rule: 'brokers join empty; a leaving one is drained, stopped and unregistered',
        source: 'ReplicationControlManager; KIP-455',
        tests: ['src/model/operations/clusterSize.test.ts', 'tests/groundTruth/reassignment.test.ts'],
        scenarios: ['24-add-brokers-and-rebalance', '25-remove-a-broker'],
      },
    ],
  },
  {
    area: 'Delivery',
    rows: [
      {
        concept: 'at most once, at least once',
        rule: 'commit before or after processing',
        source: 'ConsumerCoordinator',
        tests: ['src/model/consumer/commitStyles.test.ts', 'src/assertions/guarantees.test.ts'],
        scenarios: [],
      },
      {
        concept: 'acks 0, 1, all; retries',
        rule: 'doubling backoff, `delivery.timeout.ms` ends them',
        source: 'Sender; KIP-580, KIP-91',
        tests: ['src/model/replication/acks.test.ts', 'evidence/vectors/exponential-backoff.json'],
        scenarios: ['02-broker-crash-acks-all', '03-broker-crash-acks-1'],
      },
      {
        concept: 'idempotence; duplicates and reordering without it',
        rule: 'the last five batches of each producer',
        source: 'ProducerStateManager; KIP-98',
        tests: ['evidence/vectors/idempotent-producer.json', 'src/assertions/guarantees.test.ts'],
        scenarios: ['measured/kill-leader-idempotent', 'measured/freeze-35s-idempotent'],
      },
      {
        concept: 'transactions, read_committed, exactly once',
        rule: 'coordinator, markers, fencing, last stable offset; offsets of a group in the transaction; version 2 by release',
        source: 'TransactionCoordinator, ProducerStateManager; KIP-98, KIP-447, KIP-890',
        tests: [
          'evidence/vectors/transactions-lso.json',
          'evidence/vectors/state-machines.json',
          'src/model/transaction/transactions.test.ts',
          'src/model/transaction/exactlyOnce.test.ts',
        ],
        scenarios: [
          'measured/txn-hang',
          'measured/transform-kill-exactly-once',
          '34-hung-transaction',
          '35-exactly-once-zombie',
          '36-exactly-once-stands-still',
        ],
        missing: 'two-phase commit (KIP-939), transactions of older clients',
      },
    ],
  },
  {
    area: 'Retention and storage',
    rows: [
      {
        concept: 'time and size retention, segments',
        rule: 'rolling by size and time, deletion from the oldest on',
        source: 'UnifiedLog, LogSegment',
        tests: ['src/model/algorithms/storing.test.ts', 'evidence/vectors/log-retention-segments.json'],
        scenarios: ['measured/retention'],
      },
      open('compaction and tombstones'),
      open('tiered storage'),
      {
        concept: 'full and failed disks',
        rule: 'an I/O error takes the log directory offline; the last one takes the broker',
        source: 'LogDirFailureChannel, LogManager; KIP-112, KIP-858',
        tests: ['tests/groundTruth/storage.test.ts', 'src/model/storage/fullDisk.test.ts'],
        scenarios: ['21-failed-disk', '22-full-disk'],
      },
      {
        concept: 'loss of power',
        rule: 'what was neither flushed nor written back is gone; nothing is fsynced on append',
        source: 'UnifiedLog.flush, LogManager',
        tests: ['tests/groundTruth/powerLoss.test.ts', 'tests/groundTruth/whatCanBeLost.test.ts'],
        scenarios: ['20-power-loss-of-all-replicas'],
      },
    ],
  },
  {
    area: 'Ordering and time',
    rows: [
      {
        concept: 'order within a partition',
        rule: 'judged from the ledger, per producer instance and partition',
        source: 'our own',
        tests: ['src/assertions/guarantees.test.ts'],
        scenarios: ['02-broker-crash-acks-all'],
      },
      open('out-of-order arrival; event time, processing time, log-append time'),
      open('watermarks of a stream'),
    ],
  },
  {
    area: 'Stream processing',
    rows: [
      open('stateless operations'),
      open('count, reduce, aggregate'),
      open('joins, co-partitioning, GlobalKTable'),
      open('windows, grace, retention, late records, suppression'),
      open('state stores, changelogs, standby, restore'),
      open('tasks and rebalancing'),
      open('exactly_once_v2'),
    ],
  },
  {
    area: 'Integration',
    rows: [
      open('Connect workers, connectors, tasks'),
      open('source and sink offsets'),
      open('error tolerance and dead letter queue'),
      open('worker loss; exactly-once source'),
    ],
  },
  {
    area: 'Schemas',
    rows: [
      open('Schema Registry, subjects, compatibility levels'),
      open('evolution of producers and consumers'),
      open('registry outage'),
    ],
  },
  {
    area: 'Security',
    rows: [
      open('authentication'),
      open('authorization'),
      open('encryption, certificate expiry'),
      open('revoked rights during a run; audit log'),
    ],
  },
  {
    area: 'Observability',
    rows: [
      {
        concept: 'throughput, latency, lag, under-replicated and offline partitions',
        rule: 'collected from the trace, per client, topic, partition, broker',
        source: 'our own',
        tests: ['src/metrics/collector.test.ts', 'src/assertions/metric.test.ts'],
        scenarios: ['01-quick-start'],
      },
      {
        concept: 'request and idle ratios',
        rule: 'busy time of request handlers in samples of a second',
        source: 'KafkaRequestHandler',
        tests: ['src/model/broker/brokerSampler.test.ts'],
        scenarios: ['31-metrics-tour'],
      },
      {
        concept: 'Kafka’s own metric names',
        rule: 'by attribute or MBean; what is not modelled is refused with its reason',
        source: 'ReplicaManager, QuorumController and others',
        tests: ['src/runner/kafkaMetrics.test.ts', 'src/spec/kafkaMetrics.test.ts'],
        scenarios: ['31-metrics-tour'],
      },
      {
        concept: 'the root cause',
        rule: 'each event names what caused it',
        source: 'our own',
        tests: ['src/assertions/noRecordLoss.test.ts'],
        scenarios: [],
        missing: 'proof by running again without the cause',
      },
      {
        concept: 'alert rules tested against failures',
        rule: 'alerts as monitoring raises them, from the metrics of brokers and controllers',
        source: 'our own',
        tests: ['src/assertions/judge.test.ts', 'src/report/html/alerts.test.ts'],
        scenarios: ['31-metrics-tour'],
      },
      open('a record’s trace'),
    ],
  },
  {
    area: 'Performance',
    rows: [
      {
        concept: 'batching',
        rule: '`linger.ms`, `batch.size`, exact batch bytes',
        source: 'RecordAccumulator, MemoryRecords',
        tests: ['src/model/producer/batching.test.ts', 'evidence/vectors/record-batch-sizes.json'],
        scenarios: ['measured/batches-keyed-linger-50'],
      },
      {
        concept: 'partition count, fetch sizes, threads, network',
        rule: 'queues at request threads, fetcher threads, network cards and links',
        source: 'SocketServer, ReplicaFetcherThread',
        tests: [
          'src/sim/resources/resources.test.ts',
          'src/model/network/links.test.ts',
          'src/model/network/connection.test.ts',
        ],
        scenarios: ['10-flaky-network', 'measured/distance-20ms-acks-1'],
      },
      {
        concept: 'compression',
        rule: 'the share that you write; no cost in CPU',
        source: 'our own',
        tests: [],
        scenarios: [],
      },
      open('quotas', 'rates and delays are held to vectors; no quotas in runs'),
      {
        concept: 'disks and page cache',
        rule: 'a write backlog; write-back of dirty pages; stalls',
        source: 'our own, calibrated',
        tests: ['src/model/storage/replicaDisk.test.ts'],
        scenarios: ['20-power-loss-of-all-replicas'],
        missing: 'reads are always from the cache',
      },
      open('the bottleneck is named'),
    ],
  },
  {
    area: 'Configuration',
    rows: [
      {
        concept: 'read-only, per-broker, cluster-wide; precedence and dynamic change',
        rule: 'topic, per-broker dynamic, cluster-wide dynamic, static, default',
        source: 'DynamicBrokerConfig',
        tests: ['src/model/operations/configsAndTopics.test.ts', 'src/model/controller/requests.test.ts'],
        scenarios: ['19-changing-configs'],
      },
      {
        concept: 'topic overrides of broker defaults; client configs',
        rule: 'checked against the tables of the chosen release',
        source: 'ConfigDef of twelve releases',
        tests: ['src/spec/load.test.ts', 'evidence/vectors/config-defaults.json'],
        scenarios: ['06-unclean-election-on'],
      },
      {
        concept: 'what a changed default does between versions',
        rule: 'tables and behaviours per release',
        source: 'src/kafka/behaviourTable.ts',
        tests: ['tests/versions/switches.test.ts', 'tests/versions/behaviourTable.test.ts'],
        scenarios: ['32-what-a-version-changes'],
      },
    ],
  },
  {
    area: 'Topic design',
    rows: [
      {
        concept: 'brokers limit the replication factor',
        rule: 'refused, as Kafka refuses it',
        source: 'ReplicationControlManager',
        tests: ['src/spec/wrongInputs.test.ts', 'src/model/algorithms/storing.test.ts'],
        scenarios: ['16-tutorial-cluster'],
      },
      {
        concept: 'need for fault tolerance; consumers against partitions',
        rule: 'what-if by `matrix`',
        source: 'our own',
        tests: ['src/spec/load.test.ts', 'src/model/consumer/membership.test.ts'],
        scenarios: ['11-consumer-crash', '17-what-if-acks'],
      },
      open('memory as replica.fetch.max.bytes × partitions'),
    ],
  },
  {
    area: 'Several clusters and regions',
    rows: [
      open('MirrorMaker 2, cluster links'),
      {
        concept: 'stretched clusters',
        rule: 'brokers and clients in zones and regions with latency, jitter, bandwidth, loss',
        source: 'our own',
        tests: ['src/spec/load.test.ts', 'src/model/network/links.test.ts'],
        scenarios: ['07-zone-outage'],
      },
      open('active-passive and active-active'),
      {
        concept: 'follower fetching',
        rule: 'the most caught-up in-sync replica of the rack',
        source: 'RackAwareReplicaSelector; KIP-392',
        tests: ['tests/groundTruth/replication.test.ts', 'src/model/replication/replicaSelector.test.ts'],
        scenarios: ['26-follower-fetching'],
      },
      open('failover and failback, RPO and RTO, offset translation, cycles'),
    ],
  },
  {
    area: 'Operations',
    rows: [
      {
        concept: 'rolling restart',
        rule: 'one broker after the other, by id; waits for the ISR if asked',
        source: 'our own',
        tests: ['src/model/controller/brokers.test.ts'],
        scenarios: ['08-rolling-restart'],
      },
      {
        concept: 'upgrade',
        rule: 'node by node with other binaries, then metadata.version; downgrades and refusals as Kafka has them',
        source: 'FeatureControlManager; KIP-584, KIP-778, KIP-1022',
        tests: ['tests/versions/upgrade.test.ts', 'src/kafka/metadataVersions.test.ts'],
        scenarios: ['33-rolling-upgrade'],
      },
      {
        concept: 'adding and removing brokers',
        rule: 'a broker that joins gets nothing by itself; one that leaves is emptied, stopped, unregistered',
        source: 'ClusterControlManager, ReplicationControlManager',
        tests: ['src/model/operations/clusterSize.test.ts', 'src/model/controller/reassignments.test.ts'],
        scenarios: ['24-add-brokers-and-rebalance', '25-remove-a-broker'],
      },
      {
        concept: 'reassignment with throttles',
        rule: 'as kafka-reassign-partitions: exact, generated, cancelled; throttles set before and taken away after',
        source: 'ReassignPartitionsCommand, AdminUtils',
        tests: ['src/model/algorithms/adminUtilsAssignment.test.ts', 'src/model/replication/throttledMoves.test.ts'],
        scenarios: ['23-reassign-with-throttle', '24-add-brokers-and-rebalance'],
      },
      {
        concept: 'more partitions',
        rule: 'placed as new topics are; clients learn of them with their next metadata',
        source: 'ReplicationControlManager; KIP-195',
        tests: ['src/model/operations/clusterSize.test.ts', 'src/model/controller/reassignments.test.ts'],
        scenarios: ['19-changing-configs'],
      },
      {
        concept: 'config changes',
        rule: 'the operation `alterConfig`, by update mode; thread pools by steps; refused with the error of the broker or controller',
        source: 'DynamicBrokerConfig, ConfigAdminManager, ConfigurationControlManager',
        tests: ['src/model/operations/configsAndTopics.test.ts', 'tests/groundTruth/configuration.test.ts'],
        scenarios: ['19-changing-configs'],
      },
      {
        concept: 'creating and deleting topics; topics that clients bring about',
        rule: 'by an administrator, by the first client that asks, or by a coordinator; files go after file.delete.delay.ms',
        source: 'ReplicationControlManager, AutoTopicCreationManager',
        tests: ['src/model/operations/configsAndTopics.test.ts', 'tests/groundTruth/configuration.test.ts'],
        scenarios: ['19-changing-configs'],
      },
      open('deployment of clients'),
      {
        concept: 'failures by chance over a long time',
        rule: 'mean times between failures and to repair, exponentially distributed, from the seed',
        source: 'our own',
        tests: ['src/spec/load.test.ts'],
        scenarios: ['15-random-failures'],
      },
      open('disaster recovery drills'),
      open('capacity planning'),
    ],
  },
  {
    area: 'Where it is used',
    rows: [
      open('fraud detection'),
      open('payments'),
      open('e-commerce inventory'),
      open('logistics tracking'),
      open('monitoring and telemetry'),
      open('machine-learning feature pipelines'),
      open('edge sites with bad links'),
      open('elastic cloud load'),
    ],
  },
];
