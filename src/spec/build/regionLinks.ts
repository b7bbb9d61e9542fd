import type { RegionLink } from '../../scenario/scenario.ts';
import type { Names } from './names.ts';
import type { View } from './view.ts';

/** Machines in two regions that talk to each other need a link between them. */
export function checkRegionLinks(names: Names, links: readonly RegionLink[], root: View): void {
  const linked = new Set(links.flatMap(({ between: [a, b] }) => [`${a}\n${b}`, `${b}\n${a}`]));
  const check = (from: string, to: string, who: string, key: string) => {
    if (from === to || linked.has(`${from}\n${to}`)) return;
    names.diagnostics.error(
      'SP1151',
      root.has(key) ? root.keySpan(key) : root.span,
      `${who}: there is no link between '${from}' and '${to}'`,
      {
        hint: `add links: [{ between: [${from}, ${to}], latency: 38ms }]`,
      },
    );
  };
  for (const cluster of names.clusters) {
    const regions = [...new Set([...cluster.brokers, ...cluster.controllers].map((node) => node.place.region))];
    for (const [index, region] of regions.entries()) {
      for (const other of regions.slice(index + 1)) check(region, other, `cluster '${cluster.name}'`, 'clusters');
    }
    for (const [key, clients] of [
      ['producers', names.producers],
      ['consumers', names.consumers],
    ] as const) {
      for (const client of clients) {
        if (client.cluster !== cluster.name) continue;
        for (const place of new Set(client.instances.map((p) => p.region))) {
          for (const region of regions) check(place, region, `client '${client.name}'`, key);
        }
      }
    }
  }
}
