import { type ConfigKind, configDefinition } from '../../kafka/configTable.ts';
import { errorOfCode } from '../../kafka/errors.ts';
import { LATEST_VERSION } from '../../kafka/versions.ts';
import { type CheckContext, difference, firstOf, type VectorCase, type VectorChecker } from '../checker.ts';

export const errorCodeChecker: VectorChecker = {
  file: 'error-codes',
  check: (vector) => difference('error', vector, errorOfCode(vector.code as number)),
};

/** Which of our tables holds the configs of a Kafka class. */
const KIND_OF_CLASS: Record<string, ConfigKind> = {
  ProducerConfig: 'producer',
  ConsumerConfig: 'consumer',
  AdminClientConfig: 'admin',
  StreamsConfig: 'streams',
  GroupConfig: 'group',
  GroupCoordinatorConfig: 'broker',
  ShareGroupConfig: 'broker',
  TransactionLogConfig: 'broker',
  TransactionStateManagerConfig: 'broker',
  MirrorConnectorConfig: 'mirror',
  MirrorSourceConfig: 'mirror',
  MirrorCheckpointConfig: 'mirror',
  MirrorHeartbeatConfig: 'mirror',
};

interface ConfigFacts {
  type: string;
  default?: unknown;
  required?: boolean;
  valid?: string;
}

export const configDefaultsChecker: VectorChecker = {
  file: 'config-defaults',
  check(vector) {
    const { class: className, configs } = vector as { class: string; configs: Record<string, ConfigFacts> };
    const kind = KIND_OF_CLASS[className];
    if (!kind) return { skipped: `no table of ours holds ${className}` };
    return firstOf(Object.entries(configs).map(([name, facts]) => difference(name, facts, ourFacts(kind, name))));
  },
};

function ourFacts(kind: ConfigKind, name: string): ConfigFacts | undefined {
  const definition = configDefinition(kind, name, LATEST_VERSION);
  if (!definition) return undefined;
  const { type, required, valid } = definition;
  return { type, ...(required ? { required } : { default: withJavaProperty(definition.default) }), valid: valid?.text };
}

/** The vectors write a value of the Java runtime in angle brackets, our tables as a Java property. */
function withJavaProperty(value: unknown): unknown {
  return typeof value === 'string' ? value.replace('${java.io.tmpdir}', '<java.io.tmpdir>') : value;
}

export const stateMachineChecker: VectorChecker = {
  file: 'state-machines',
  check(vector: VectorCase, { machines }: CheckContext) {
    const { machine: name, from, to } = vector as { machine: string; from: string; to: string[] };
    const machine = machines.get(name);
    if (!machine) return { skipped: `no machine of ours is a ${name}` };
    const left = machine.statesNotModelled ?? [];
    if (left.includes(from)) return { skipped: `${name} leaves out ${from}` };
    // To stay in a state is no transition in our machines, whether or not Kafka lists it.
    const isChange = (state: string) => state !== from && !left.includes(state);
    const ours = machine.transitions.get(from) ?? [];
    return difference(`${name} from ${from}`, to.filter(isChange).sort(), ours.filter(isChange).sort());
  },
};
