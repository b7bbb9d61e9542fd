import { describe, expect, test } from 'vitest';
import { mayDowngradeMetadata, oldestMetadataVersion, supportsMetadataVersion } from './metadataVersions.ts';

describe('metadata.version', () => {
  test('4.x nodes need at least 3.3, older ones 3.0', () => {
    expect(oldestMetadataVersion('3.9')).toBe('3.0');
    expect(oldestMetadataVersion('4.0')).toBe('3.3');
    expect(supportsMetadataVersion('4.1', '3.2')).toBe(false);
    expect(supportsMetadataVersion('4.1', '3.3')).toBe(true);
  });

  test('no node knows a later one than its own', () => {
    expect(supportsMetadataVersion('3.8', '3.9')).toBe(false);
    expect(supportsMetadataVersion('3.9', '3.9')).toBe(true);
  });

  test('it goes back only where no release in between wrote other records, and never below 3.3', () => {
    expect(mayDowngradeMetadata('3.9', '3.8')).toBe(true);
    expect(mayDowngradeMetadata('3.9', '3.7')).toBe(true);
    expect(mayDowngradeMetadata('3.9', '3.6')).toBe(false);
    expect(mayDowngradeMetadata('4.0', '3.9')).toBe(false);
    expect(mayDowngradeMetadata('4.1', '4.0')).toBe(true);
    expect(mayDowngradeMetadata('3.3', '3.2')).toBe(false);
  });
});
