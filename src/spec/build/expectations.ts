import type { Expectation, Window } from '../../scenario/scenario.ts';
import { nodeText } from '../read/paths.ts';
import { resolved, type SchemaPart, scenarioSchema, schemaBelow } from '../schema.ts';
import type { Sources } from '../sources.ts';
import type { Names } from './names.ts';
import { metricKey, readParameter } from './parameters.ts';
import type { View } from './view.ts';

const SCOPE = ['name', 'violated', 'during', 'outside'];

export function buildExpectation(view: View, names: Names, sources: Sources): Expectation | undefined {
  const part = resolved(scenarioSchema().definitions!.expectation!);
  const claims = part['x-claims'] ?? [];
  const claim = oneClaim(view, claims, part, names);
  const window = buildWindow(view, names);
  if (claim === undefined || !window || !view.node) return undefined;
  checkScope(claim, view, part, names);
  return {
    name: view.at('name').text ?? defaultName(claim, view),
    claim,
    params: buildParams(claim, view, part, names),
    window,
    violated: view.at('violated').boolean ?? false,
    location: sources.location(view.span),
  };
}

function oneClaim(view: View, claims: readonly string[], part: SchemaPart, names: Names): string | undefined {
  const written = claims.filter((claim) => view.has(claim));
  if (written.length === 1) return written[0];
  const [first, second] = written;
  if (second !== undefined) {
    names.diagnostics.error(
      'SP1107',
      view.keySpan(second),
      `'${second}' and '${first}' exclude each other: one entry, one claim`,
    );
    return undefined;
  }
  const isReported = view.entries.some(
    ({ key }) => !part.properties?.[key] || part.properties[key]['x-notAvailable'] !== undefined,
  );
  if (!isReported && view.node?.kind === 'map') {
    names.diagnostics.error('SP1101', { ...view.span, end: view.span.start + 1 }, 'it is not said what is expected', {
      hint: `add one of ${claims.join(', ')}`,
    });
  }
  return undefined;
}

/** Windows where they mean nothing, and aggregations that the metric does not have. */
function checkScope(claim: string, view: View, part: SchemaPart, { diagnostics }: Names): void {
  const scope = ['during', 'outside'].find((key) => view.has(key));
  if (scope !== undefined && part['x-windowless']?.includes(claim)) {
    diagnostics.error('SP1107', view.keySpan(scope), `'${scope}' and '${claim}' exclude each other`, {
      hint: `${claim} is about the whole run`,
    });
  }
  const metric = claim === 'metric' ? view.at('metric').text : undefined;
  const table = part.properties?.metric?.['x-metricAggregations'] ?? {};
  const key = metric === undefined ? undefined : metricKey(metric, part.properties?.metric);
  const fromInstant = key !== undefined && (part.properties?.metric?.['x-metricsFromInstant'] ?? []).includes(key);
  if (fromInstant && scope !== undefined) {
    diagnostics.error('SP1107', view.keySpan(scope), `'${scope}' and the metric ${metric} exclude each other`, {
      hint: 'it counts from an instant; say from which with `after:`',
    });
  }
  if (key !== undefined && !fromInstant && view.has('after')) {
    diagnostics.error('SP1107', view.keySpan('after'), `'after' and the metric ${metric} exclude each other`, {
      hint: 'it counts in a window; say in which with `during:` or `outside:`',
    });
  }
  const known = key === undefined ? undefined : Object.entries(table).find(([name]) => name === key)?.[1];
  if (!known) return;
  const all = new Set(Object.values(table).flat());
  const written = view.entries.filter(({ key }) => all.has(key));
  for (const { key, keySpan } of written) {
    if (known.includes(key)) continue;
    diagnostics.error('SP1103', keySpan, `the metric ${metric} has no ${key}`, { hint: `it has ${known.join(', ')}` });
  }
  if (written.length === 0) {
    diagnostics.error('SP1101', view.keySpan('metric'), 'it is not said what the metric is compared with', {
      hint: `add one of ${known.join(', ')}`,
    });
  }
}

/** The claim's own parameters and those beside it, in base units, with names checked. */
function buildParams(claim: string, view: View, part: SchemaPart, names: Names): Record<string, unknown> {
  const params = new Map<string, unknown>();
  const value = view.at(claim);
  const schema = schemaBelow(part, view.node!, claim)!;
  const own = readParameter(claim, value, schema, { beside: value, schema, names });
  if (value.node?.kind === 'map')
    for (const [key, item] of Object.entries(own as Record<string, unknown>)) params.set(key, item);
  else params.set(claim, own);
  for (const { key, view: item } of view.entries) {
    const below = schemaBelow(part, view.node!, key);
    if (key === claim || SCOPE.includes(key) || !below) continue;
    params.set(key, readParameter(key, item, below, { beside: view, schema: part, names }));
  }
  return Object.fromEntries(params);
}

function buildWindow(view: View, names: Names): Window | undefined {
  const [during, outside] = [view.at('during'), view.at('outside')];
  if (during.isWritten && outside.isWritten) {
    names.diagnostics.error('SP1107', view.keySpan('outside'), "'outside' and 'during' exclude each other");
    return undefined;
  }
  if (outside.text !== undefined) {
    const name = names.event(outside.text, outside.span);
    return name === undefined ? undefined : { kind: 'outside', name };
  }
  if (during.node?.kind === 'list') {
    const [fromUs, toUs] = during.items.map((item) => item.durationUs);
    if (fromUs === undefined || toUs === undefined) return undefined;
    if (toUs <= fromUs) names.diagnostics.error('SP1152', during.span, 'the window ends before it begins');
    return { kind: 'between', fromUs, toUs };
  }
  if (during.text === undefined) return { kind: 'whole' };
  if (during.text === 'steady' && !names.events.includes('steady')) return { kind: 'steady' };
  const name = names.event(during.text, during.span);
  return name === undefined ? undefined : { kind: 'during', name };
}

function defaultName(claim: string, view: View): string {
  const value = view.at(claim).node;
  const beside = view.entries.filter(({ key }) => key !== claim && key !== 'name' && key !== 'violated');
  const parts = beside.map(({ key, view: item }) => `${key}: ${item.node ? nodeText(item.node) : ''}`);
  return [`${claim}: ${value ? nodeText(value) : ''}`, ...parts].join(', ').slice(0, 200);
}
