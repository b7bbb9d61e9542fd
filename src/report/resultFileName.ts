/**
 * The name of a run's report files, without an extension: `02-broker-crash-1f3a09bc22d4`.
 *
 * Readable part from the scenario's file name, the rest a hash of its path and seed, so that two scenarios of the
 * same name in different folders, or two seeds, never share a file. Never made from the scenario's title.
 */
export function resultFileName(scenarioPath: string, seed: string): string {
  const path = scenarioPath.replaceAll('\\', '/');
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/(\.scenario)?\.ya?ml$/i, '');
  const slug = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return `${slug === '' ? 'scenario' : slug}-${shortHash(`${path}\0${seed}`)}`;
}

/** 48 bits of FNV-1a style mixing over code units, in hex. Spreads names; guards nothing. */
function shortHash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let index = 0; index < text.length; index++) {
    low = Math.imul(low ^ text.charCodeAt(index), 0x01000193);
    high = Math.imul(high ^ low ^ (low >>> 15), 0x85ebca6b);
  }
  high ^= high >>> 16;
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 16).toString(16).padStart(4, '0');
}
