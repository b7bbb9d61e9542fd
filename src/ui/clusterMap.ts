import type { BrokerPicture, ClusterPicture, PartitionPicture, RunProgress } from '../runner/progress.ts';
import { cell, type Line, middleCell, type Segment, segment, type Tone, widthOf } from './line.ts';

/** Brokers side by side under their cluster's name, at most `room` lines; the rest is counted. */
export function brokerLines(progress: RunProgress, width: number, room: number): Line[] {
  const lines = progress.clusters.flatMap((cluster) => clusterLines(cluster, width));
  if (lines.length <= room) return lines;
  return room < 1 ? [] : [...lines.slice(0, room - 1), [segment(troubleText(progress.clusters), 'dim')]];
}

function clusterLines(cluster: ClusterPicture, width: number): Line[] {
  const head: Segment[] = [segment(cluster.name, 'strong')];
  if (cluster.activeController === null) head.push(segment('  no active controller', 'bad'));
  else head.push(segment(`  controller ${cluster.activeController}`, 'dim'));
  const { underReplicated = 0, underMinIsr = 0, offline = 0 } = cluster.trouble ?? {};
  if (underReplicated > 0) head.push(segment(`  under-replicated ${underReplicated}`, 'warn'));
  if (underMinIsr > 0) head.push(segment(`  under min ISR ${underMinIsr}`, 'bad'));
  if (offline > 0) head.push(segment(`  offline ${offline}`, 'bad'));
  const lines: Segment[][] = [head];
  for (const broker of cluster.brokers) {
    const { text, tone } = brokerText(broker);
    const piece = segment(`  ${text}`, tone);
    const last = lines.at(-1)!;
    if (widthOf([...last, piece]) <= width) last.push(piece);
    else lines.push([piece]);
  }
  return lines;
}

function brokerText({ id, zone, state, isFenced }: BrokerPicture): { text: string; tone: Tone } {
  const name = zone === '' ? `${id}` : `${id}/${zone}`;
  if (state === 'RUNNING' && !isFenced) return { text: `● ${name}`, tone: 'good' };
  const words = isFenced && state !== 'NOT_RUNNING' ? `${state} fenced` : state;
  const isDown = state === 'NOT_RUNNING' || state === 'FROZEN';
  return { text: `${isDown ? '✗' : '◌'} ${name} ${words}`, tone: isDown ? 'bad' : 'warn' };
}

function troubleText(clusters: readonly ClusterPicture[]): string {
  const brokers = clusters.flatMap((cluster) => cluster.brokers);
  const running = brokers.filter(({ state, isFenced }) => state === 'RUNNING' && !isFenced).length;
  return `${running} of ${brokers.length} brokers running and unfenced`;
}

const LARGEST_NAME = 24;
const GAP = 3;

/** Partitions as cells of equal width, filled row by row; an offline or under-replicated one says so. */
export function partitionCells(progress: RunProgress, width: number): Line[] {
  const partitions = progress.clusters.flatMap((cluster) => cluster.partitions);
  if (partitions.length === 0) return [];
  const longestName = partitions.reduce((most, one) => Math.max(most, nameOf(one).length), 0);
  const nameWidth = Math.min(LARGEST_NAME, longestName);
  const factsWidth = partitions.reduce((most, one) => Math.max(most, factsOf(one).length), 0);
  const cellWidth = nameWidth + factsWidth + 3;
  const perRow = Math.max(1, Math.floor((width + GAP) / (cellWidth + GAP)));
  const rows: Line[] = [];
  for (let start = 0; start < partitions.length; start += perRow) {
    const cells = partitions.slice(start, start + perRow).flatMap((one, index): Segment[] => {
      const { symbol, tone } = healthOf(one);
      const gap = index === 0 ? [] : [segment(' '.repeat(GAP))];
      return [
        ...gap,
        segment(`${symbol} `, tone),
        middleCell(nameOf(one), nameWidth),
        cell(` ${factsOf(one)}`, factsWidth + 1, tone),
      ];
    });
    rows.push(cells);
  }
  return rows;
}

function nameOf({ topic, partition }: PartitionPicture): string {
  return `${topic}-${partition}`;
}

/** `2 [1 2 3]`: the leader and the ISR. */
function factsOf({ leader, isr }: PartitionPicture): string {
  return `${leader ?? 'none'} [${isr.join(' ')}]`;
}

function healthOf({ leader, isr, replicas }: PartitionPicture): { symbol: string; tone: Tone } {
  if (leader === null) return { symbol: '✗', tone: 'bad' };
  if (isr.length < replicas.length) return { symbol: '!', tone: 'warn' };
  return { symbol: '●', tone: 'plain' };
}
