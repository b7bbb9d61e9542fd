/**
 * The Kafka releases that a cluster or client may run.
 *
 * Every minor from 2.8 to 4.3 is accepted. The config tables were exported from twelve of them; a minor without a
 * table of its own (3.1, 3.2, 3.4) reads the nearest earlier one (3.0, 3.0, 3.3), so a config that such a minor
 * introduced or changed first is seen one table later than it was.
 */
export const SUPPORTED_VERSIONS = [
  '2.8',
  '3.0',
  '3.1',
  '3.2',
  '3.3',
  '3.4',
  '3.5',
  '3.6',
  '3.7',
  '3.8',
  '3.9',
  '4.0',
  '4.1',
  '4.2',
  '4.3',
] as const;

/** A minor release of Apache Kafka, such as `'3.9'`. */
export type KafkaVersion = (typeof SUPPORTED_VERSIONS)[number];

export const LATEST_VERSION: KafkaVersion = '4.3';

const TABLE_VERSION: Partial<Record<KafkaVersion, KafkaVersion>> = { '3.1': '3.0', '3.2': '3.0', '3.4': '3.3' };

const ORDER = new Map<string, number>(SUPPORTED_VERSIONS.map((version, index) => [version, index]));

export function isKafkaVersion(text: string): text is KafkaVersion {
  return ORDER.has(text);
}

/** The minor of `'4.3'` or `'4.3.1'` (the patch level is dropped); undefined when it is not a supported release. */
export function parseKafkaVersion(text: string): KafkaVersion | undefined {
  const minor = /^(\d+\.\d+)(?:\.\d+)?$/.exec(text.trim())?.[1];
  return minor !== undefined && isKafkaVersion(minor) ? minor : undefined;
}

/** Negative when `a` is the older release, 0 when equal, positive when it is the newer one. */
export function compareVersions(a: KafkaVersion, b: KafkaVersion): number {
  return ORDER.get(a)! - ORDER.get(b)!;
}

export function isAtLeast(version: KafkaVersion, since: KafkaVersion): boolean {
  return compareVersions(version, since) >= 0;
}

/** The release whose config table stands for `version`: itself, or the nearest earlier one that was exported. */
export function tableVersion(version: KafkaVersion): KafkaVersion {
  return TABLE_VERSION[version] ?? version;
}
