/** Kafka's metrics that the model has no honest answer for, and why. Whoever asks for one is told so. */
export const METRICS_NOT_MODELLED: Readonly<Record<string, string>> = {
  NetworkProcessorAvgIdlePercent: 'network threads are a fixed delay in the model and never busy',
  ResponseQueueSize: 'network threads are a fixed delay in the model, so that no response waits for one',
  TotalTimeMs:
    'a request is timed as its client sees it (`request.latency`), not by its stages in the broker (RequestQueueTimeMs, LocalTimeMs, RemoteTimeMs, ResponseQueueTimeMs, ResponseSendTimeMs)',
  TotalFetchRequestsPerSec: 'long polls that bring nothing cost no event in the model and are not counted one by one',
  FailedFetchRequestsPerSec:
    'refused fetches are told to the one who asked (`errors.<NAME>`) and not counted by broker',
  BytesRejectedPerSec: 'the size of a refused batch is not told',
  MinFetchRate: 'long polls that bring nothing cost no event in the model and are not counted one by one',
  TimedOutBrokerHeartbeatCount: 'the controller of the model is never too busy to take a heartbeat in time',
  EventQueueTimeMs: 'the controller of the model handles each event at once',
  EventQueueProcessingTimeMs: 'the controller of the model handles each event at once',
  LeaderElectionRateAndTimeMs:
    'elections of one controller event are committed at once and have no duration; `elections.clean` and `elections.unclean` count them',
  LastAppliedRecordOffset:
    'NoOpRecords of an idle controller are not written, so that offsets of the metadata log differ',
  LastAppliedRecordLagMs: 'NoOpRecords of an idle controller are not written, so that an idle log would seem to lag',
  LastCommittedRecordOffset:
    'NoOpRecords of an idle controller are not written, so that offsets of the metadata log differ',
  'high-watermark': 'NoOpRecords of an idle controller are not written, so that offsets of the metadata log differ',
  'log-end-offset': 'NoOpRecords of an idle controller are not written, so that offsets of the metadata log differ',
  'current-state': 'it is a word and no number; ask for the fact `controller`, or for `current-leader`',
  'commit-latency-avg': 'commits of the metadata log are not timed one by one',
  'election-latency-avg': 'use `time.untilController`, which counts from a failure',
  NumLogSegments: 'segments are computed when retention needs them and not kept',
  'records-lead': 'use `LogStartOffset` and the fact `consumerLag`',
  'connection-count': 'connections that lie idle are not told',
};
