import { compareVersions, type KafkaVersion, SUPPORTED_VERSIONS } from './versions.ts';

/** The oldest metadata.version that KRaft software of a release still runs with; older software wrote none. */
const OLDEST_METADATA_VERSION: readonly (readonly [from: KafkaVersion, oldest: KafkaVersion])[] = [
  ['2.8', '2.8'],
  ['3.0', '3.0'],
  ['4.0', '3.3'],
];

/**
 * Releases whose metadata.version brought other records than the release before, so that a downgrade across it would
 * lose metadata. Source: `MetadataVersion.didMetadataChange`.
 */
const METADATA_CHANGED: ReadonlySet<KafkaVersion> = new Set([
  '3.0',
  '3.2',
  '3.3',
  '3.4',
  '3.5',
  '3.6',
  '3.7',
  '4.0',
  '4.3',
]);

/** The oldest metadata.version that nodes of `software` accept. Source: `MetadataVersion.MINIMUM_VERSION`, KIP-896. */
export function oldestMetadataVersion(software: KafkaVersion): KafkaVersion {
  return OLDEST_METADATA_VERSION.findLast(([from]) => compareVersions(from, software) <= 0)![1];
}

/** Whether a node of `software` may be in a cluster that finalized `metadataVersion`; else it is UNSUPPORTED_VERSION. */
export function supportsMetadataVersion(software: KafkaVersion, metadataVersion: KafkaVersion): boolean {
  return (
    compareVersions(metadataVersion, software) <= 0 &&
    compareVersions(metadataVersion, oldestMetadataVersion(software)) >= 0
  );
}

/** Whether going back from one metadata.version to an older one loses nothing; else it is INVALID_UPDATE_VERSION. */
export function mayDowngradeMetadata(from: KafkaVersion, to: KafkaVersion): boolean {
  if (compareVersions(to, '3.3') < 0) return false;
  return !SUPPORTED_VERSIONS.some(
    (version) =>
      METADATA_CHANGED.has(version) && compareVersions(version, to) > 0 && compareVersions(version, from) <= 0,
  );
}
