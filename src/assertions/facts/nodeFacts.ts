import { NO_CAUSE } from '../../model/trace.ts';
import { numberOf, textOf } from '../bounds.ts';
import { flag, leaf, object, oneOf } from '../schemaParts.ts';
import { CLUSTER, type FactDefinition } from './fact.ts';

export const controller: FactDefinition = {
  name: 'controller',
  description: 'Node id of the active controller of the quorum.',
  schema: object(
    {
      cluster: CLUSTER,
      equals: leaf('count', 'This node is active.', 101),
      not: leaf('count', 'Some other node is active.', 101),
      exists: flag('There is (or is not) an active controller.', true),
    },
    'Which controller is active.',
    { exists: true },
  ),
  create: (params, collector) => {
    const { cast, facts } = collector;
    const name = textOf(params, 'cluster');
    const cluster = name === null ? 0 : facts.clusterIndex(name);
    const wanted = numberOf(params, 'equals');
    const unwanted = numberOf(params, 'not');
    const exists = typeof params.exists === 'boolean' ? params.exists : true;
    const now = () => cast.controllers[facts.activeController[cluster]!]?.id ?? null;
    return {
      text: `the active controller ${wanted !== null ? `is ${wanted}` : unwanted !== null ? `is not ${unwanted}` : exists ? 'exists' : 'is missing'}`,
      withEveryBatch: false,
      holds: () => {
        if (wanted !== null) return now() === wanted;
        if (unwanted !== null) return now() !== null && now() !== unwanted;
        return (now() !== null) === exists;
      },
      state: () => (now() === null ? 'no controller is active' : `controller ${now()} is active`),
      lastEvent: () => facts.controllerEvent[cluster]!,
    };
  },
};

const BROKER_STATES = [
  'NOT_RUNNING',
  'STARTING',
  'RECOVERY',
  'RUNNING',
  'PENDING_CONTROLLED_SHUTDOWN',
  'SHUTTING_DOWN',
];

const CONTROL_STATES = ['FENCED', 'UNFENCED', 'CONTROLLED_SHUTDOWN', 'SHUTDOWN_NOW'];

export const brokerState: FactDefinition = {
  name: 'brokerState',
  description: `State of a broker: as it sees itself (${BROKER_STATES.join(', ')}; Kafka's BrokerState) or as the active controller sees it (${CONTROL_STATES.join(', ')}; Kafka's BrokerControlState).`,
  schema: object(
    {
      broker: leaf('broker', 'The broker.', 1),
      cluster: CLUSTER,
      equals: oneOf([...BROKER_STATES, ...CONTROL_STATES], 'The state.', 'FENCED'),
      not: oneOf([...BROKER_STATES, ...CONTROL_STATES], 'Any other state of the same kind.', 'FENCED'),
    },
    'State of a broker.',
    { broker: 1, equals: 'FENCED' },
  ),
  create: (params, collector) => {
    const { cast, facts } = collector;
    const id = numberOf(params, 'broker');
    const cluster = textOf(params, 'cluster');
    const broker = cast.brokers.findIndex(
      (known) => known.id === id && (cluster === null || known.cluster === cluster),
    );
    const wanted = textOf(params, 'equals');
    const word = wanted ?? textOf(params, 'not') ?? 'RUNNING';
    const column = CONTROL_STATES.includes(word) ? facts.brokerControl : facts.brokerState;
    return {
      text: `broker ${id} is ${wanted === null ? 'not ' : ''}${word}`,
      withEveryBatch: false,
      holds: () => (broker < 0 ? null : (column[broker] === word) === (wanted !== null)),
      state: () => `broker ${id} is ${column[broker] ?? 'unknown'}`,
      lastEvent: () => facts.brokerEvent[broker] ?? NO_CAUSE,
    };
  },
};
