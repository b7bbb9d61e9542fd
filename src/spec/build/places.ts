import type { NetworkQuality, Place, Region, RegionLink } from '../../scenario/scenario.ts';
import type { Span } from '../tree.ts';
import type { Names } from './names.ts';
import type { View } from './view.ts';

const WITHIN_ZONE_US = 150;
const BETWEEN_ZONES_US = 700;
const JITTER = 0.1;
const BANDWIDTH_BYTES_PER_SEC = 10_000_000_000 / 8;

/** Regions as written; without any, one region `local` with one zone `a`. */
export function buildRegions(regions: View): Region[] {
  const built = regions.entries.map(({ key, view }) => buildRegion(key, view));
  return built.length > 0 ? built : [{ name: 'local', zones: ['a'], ...defaultNetwork() }];
}

function buildRegion(name: string, region: View): Region {
  const zones = region.at('zones').items.flatMap((zone) => zone.text ?? []);
  const network = region.at('network');
  return {
    name,
    zones: zones.length > 0 ? [...new Set(zones)] : ['a'],
    withinZone: quality(network, network.at('withinZone').durationUs ?? WITHIN_ZONE_US),
    betweenZones: quality(network, network.at('betweenZones').durationUs ?? BETWEEN_ZONES_US),
  };
}

function defaultNetwork(): Pick<Region, 'withinZone' | 'betweenZones'> {
  const rest = { jitter: JITTER, bandwidthBytesPerSec: BANDWIDTH_BYTES_PER_SEC, loss: 0 };
  return { withinZone: { latencyUs: WITHIN_ZONE_US, ...rest }, betweenZones: { latencyUs: BETWEEN_ZONES_US, ...rest } };
}

function quality(view: View, latencyUs: number): NetworkQuality {
  return {
    latencyUs,
    jitter: view.at('jitter').share ?? JITTER,
    bandwidthBytesPerSec: view.at('bandwidth').bytesPerSec ?? BANDWIDTH_BYTES_PER_SEC,
    loss: view.at('loss').share ?? 0,
  };
}

export function buildLinks(links: View, names: Names): RegionLink[] {
  return links.items.flatMap((link) => {
    const ends = link
      .at('between')
      .items.map((end) => (end.text === undefined ? undefined : names.region(end.text, end.span)));
    const [from, to] = ends;
    if (!from || !to || ends.length !== 2) return [];
    return [{ between: [from.name, to.name] as const, quality: quality(link, link.at('latency').durationUs ?? 0) }];
  });
}

/** A zone's name in `region`, or region/zone. */
export function resolveZone(text: string, span: Span, region: Region | undefined, names: Names): Place | undefined {
  const slash = text.lastIndexOf('/');
  const home = slash === -1 ? (region ?? onlyRegionWith(text, names)) : names.region(text.slice(0, slash), span);
  const zone = text.slice(slash + 1);
  if (slash !== -1 && !home) return undefined;
  if (home?.zones.includes(zone)) return { region: home.name, zone };
  const candidates = names.regions.flatMap((r) => r.zones.map((z) => (r === home ? z : `${r.name}/${z}`)));
  names.diagnostics.error('SP1146', span, `unknown zone '${text}'${home ? ` in region '${home.name}'` : ''}`, {
    hint: `zones: ${candidates.slice(0, 12).join(', ')}`,
  });
  return undefined;
}

function onlyRegionWith(zone: string, names: Names): Region | undefined {
  const having = names.regions.filter((region) => region.zones.includes(zone));
  return having.length === 1 ? having[0] : undefined;
}

/** The zones of a key that takes one or several. */
export function resolveZones(view: View, region: Region | undefined, names: Names): Place[] {
  return view.itemsOrSelf.flatMap((zone) =>
    zone.text === undefined ? [] : (resolveZone(zone.text, zone.span, region, names) ?? []),
  );
}

/** `count` machines over the zones, one zone after the other. */
export function striped(places: readonly Place[], count: number): Place[] {
  return Array.from({ length: count }, (_, index) => places[index % places.length]!);
}
