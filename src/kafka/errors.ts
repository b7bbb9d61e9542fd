import { ERROR_ROWS } from './tables/errorCodes.ts';

/** The name of a protocol error; `'NONE'` is success. */
export type KafkaError = keyof typeof ERROR_ROWS;

export interface ErrorFacts {
  name: KafkaError;
  code: number;
  /** The exception class of the Java client; null for NONE. */
  exception: string | null;
  /** Whether the Java client may repeat the request. */
  retriable: boolean;
  /** Whether the Java client asks for new metadata before it repeats it. */
  refreshesMetadata: boolean;
}

const BY_CODE = new Map<number, ErrorFacts>();
const BY_NAME = new Map<string, ErrorFacts>();

for (const [name, [code, exception, retriable, refreshes]] of Object.entries(ERROR_ROWS)) {
  const facts: ErrorFacts = {
    name: name as KafkaError,
    code,
    exception,
    retriable: retriable === 1,
    refreshesMetadata: refreshes === 1,
  };
  BY_CODE.set(code, facts);
  BY_NAME.set(name, facts);
}

/** All errors in the order of their codes, from -1 (UNKNOWN_SERVER_ERROR) on. */
export const KAFKA_ERRORS: readonly ErrorFacts[] = [...BY_CODE.values()].sort((a, b) => a.code - b.code);

export function errorFacts(name: KafkaError): ErrorFacts {
  return BY_NAME.get(name)!;
}

export function errorCode(name: KafkaError): number {
  return ERROR_ROWS[name][0];
}

/** Undefined for a code that Kafka does not define. */
export function errorOfCode(code: number): ErrorFacts | undefined {
  return BY_CODE.get(code);
}

/** Whether the Java client may repeat a request that failed so. */
export function isRetriable(name: KafkaError): boolean {
  return ERROR_ROWS[name][2] === 1;
}

/** Whether the Java client asks for new metadata after this error. */
export function refreshesMetadata(name: KafkaError): boolean {
  return ERROR_ROWS[name][3] === 1;
}
