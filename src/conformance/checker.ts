/** One case of a vector file: inputs of a Kafka algorithm and what Kafka answered. */
export type VectorCase = Readonly<Record<string, unknown>>;

/** `undefined`: as Kafka; a text: the difference; `skipped`: nothing of ours answers this case. */
export type CaseResult = string | undefined | { skipped: string };

export interface VectorChecker {
  /** The vector file that it reads, without folder and `.json`. */
  file: string;
  check(vector: VectorCase, context: CheckContext): CaseResult;
}

/** The transitions of one state machine: state to the states that may follow. */
export type Transitions = ReadonlyMap<string, readonly string[]>;

export interface CheckContext {
  /** Our machines under the names of `state-machines.json`. A machine that is not here is skipped. */
  machines: ReadonlyMap<string, MachineUnderTest>;
}

export interface MachineUnderTest {
  transitions: Transitions;
  /** Kafka's states that the model leaves out on purpose; transitions from and to them are not asked for. */
  statesNotModelled?: readonly string[];
}

/** The difference in one line; undefined when both are equal as JSON. */
export function difference(what: string, expected: unknown, actual: unknown): string | undefined {
  const wanted = canonical(expected);
  const got = canonical(actual);
  return wanted === got ? undefined : `${what}: Kafka ${shortened(wanted)}, ours ${shortened(got)}`;
}

/** The first difference of several. */
export function firstOf(differences: Iterable<string | undefined>): string | undefined {
  for (const found of differences) if (found !== undefined) return found;
  return undefined;
}

/** JSON with keys in order, so that equal objects have equal texts. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'nothing'
  );
}

function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}...`;
}
