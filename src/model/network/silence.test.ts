import { describe, expect, test } from 'vitest';
import { Kernel } from '../../sim/index.ts';
import { Links } from './links.ts';
import { Process } from './process.ts';
import { Silence } from './silence.ts';
import { Wire } from './testing/wire.ts';

describe('two processes hear nothing of each other', () => {
  test('since one of them froze or died, or the way was cut, whichever came first', () => {
    const { kernel, network, client, server, cut } = new Wire();
    const { silence, links } = network;
    expect(silence.sinceUs(client, server)).toBe(-1);
    kernel.atControl(1_000, () => links.cut(cut));
    kernel.atControl(2_000, () => server.freeze());
    kernel.atControl(3_000, () => links.heal(cut));
    kernel.run(2_500);
    expect(silence.sinceUs(client, server)).toBe(1_000);
    kernel.run(3_500);
    expect(silence.sinceUs(server, client)).toBe(2_000);
    server.resume();
    expect(silence.sinceUs(client, server)).toBe(-1);
  });

  test('when one direction is cut, and until both are open again', () => {
    const { network, client, server } = new Wire();
    const there = [[client, server]] as const;
    const back = [[server, client]] as const;
    network.links.cut(there);
    expect(network.silence.sinceUs(client, server)).toBe(0);
    network.links.cut(back);
    network.links.heal(there);
    expect(network.silence.sinceUs(client, server)).toBe(0);
    network.links.heal(back);
    expect(network.silence.sinceUs(client, server)).toBe(-1);
  });
});

test('a cut looks at the ways that it cuts only', () => {
  const kernel = new Kernel('many');
  const processes = Array.from(
    { length: 200 },
    (_, i) => new Process(i, `p${i}`, 'client', { region: 'r', zone: 'a' }),
  );
  const scenario = { regions: [{ name: 'r', withinZone: {}, betweenZones: {} }], links: [] } as never;
  const links = new Links(
    scenario,
    processes,
    processes.map(() => 1e9),
    kernel.random,
  );
  let looks = 0;
  const counted = new Proxy(links, {
    get: (target, name) => {
      if (name === 'isReachable') looks++;
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const silence = new Silence(kernel, counted, processes);
  links.cut([[processes[0]!, processes[199]!]]);
  expect(looks).toBe(1);
  expect(silence.sinceUs(processes[199]!, processes[0]!)).toBe(0);
  expect(silence.sinceUs(processes[1]!, processes[0]!)).toBe(-1);
});
