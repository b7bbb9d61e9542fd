import {
  type Behaviour,
  behaviourChanges,
  behaviourGate,
  behaviourOf,
  behaviourSource,
  type Coordination,
} from '../../kafka/behaviour.ts';
import { notPlayed } from '../../kafka/behaviourNotModelled.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Cluster } from '../../scenario/scenario.ts';
import type { ExplainRow } from './explainScenario.ts';

const GATES = {
  binary: 'with the binaries',
  metadataVersion: 'with metadata.version',
  feature: 'with its feature level',
} as const;

/** How the cluster's release behaves where releases differ, with what the model does not play of it. */
export function behaviourRows(cluster: Cluster, path: readonly string[]): ExplainRow[] {
  const version = cluster.kafka as KafkaVersion;
  const coordination: Coordination = cluster.zookeeper === null ? 'kraft' : 'zookeeper';
  const behaviour = behaviourOf(version, coordination);
  const missing = new Map(notPlayed(version, coordination).map(({ field, consequence }) => [field, consequence]));
  const at = (field: string): string => [...path, 'behaviour', field].join('.');
  const rows: ExplainRow[] = (Object.keys(behaviour) as (keyof Behaviour)[])
    .filter((field) => behaviourChanges(field).length > 1)
    .map((field) => ({
      kind: 'behaviour',
      path: at(field),
      value: String(behaviour[field]),
      origin: 'kafka default',
      note: `${history(field)}; ${GATES[behaviourGate(field)]}; ${behaviourSource(field)}`,
      modelled: !missing.has(field),
    }));
  for (const [field, consequence] of missing)
    rows.push({
      kind: 'notModelled',
      path: at(field),
      value: String(behaviour[field]),
      origin: null,
      note: consequence,
      modelled: false,
    });
  return rows;
}

/** `false, from 3.7 true` */
function history(field: keyof Behaviour): string {
  return behaviourChanges(field)
    .map(([from, value], index) => (index === 0 ? String(value) : `from ${from} ${value}`))
    .join(', ');
}
