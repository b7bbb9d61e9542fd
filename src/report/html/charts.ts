import type { RunResult, Series } from '../../result/runResult.ts';
import { formatDuration, formatInstant, formatQuantity, plural } from '../text/numbers.ts';
import { downSample } from './downSample.ts';
import { failureShades, timeAxis } from './failureBands.ts';
import { Html, html } from './html.ts';
import { linearScale, logScale, px, type Scale, timeScale } from './scales.ts';

const WIDTH = 460;
const HEIGHT = 190;
const LEFT = 62;
const RIGHT = WIDTH - 10;
const TOP = 12;
const BOTTOM = HEIGHT - 26;
const MAX_POINTS = 300;
const MAX_CHARTS = 16;
const TABLE_ROWS = 25;

interface Chart {
  title: string;
  of: string;
  series: Series[];
}

/** Metrics that belong on one pair of axes, in the order in which people ask. The rest follows, one chart each. */
const CHARTS: readonly { title: string; metrics: readonly string[] }[] = [
  { title: 'Produce latency', metrics: ['produce.latency'] },
  { title: 'End-to-end latency', metrics: ['endToEnd.latency'] },
  { title: 'Consumer lag', metrics: ['consumer.lag'] },
  {
    title: 'Records offered and acknowledged',
    metrics: ['records.offered', 'records.acknowledged', 'records.failed'],
  },
  { title: 'Records delivered', metrics: ['records.delivered'] },
  { title: 'Throughput', metrics: ['throughput.in', 'throughput.out', 'throughput.replication'] },
  {
    title: 'Partitions in trouble',
    metrics: ['UnderReplicatedPartitions', 'UnderMinIsrPartitionCount', 'OfflinePartitionsCount'],
  },
  { title: 'ISR shrinks and expands, per second', metrics: ['IsrShrinksPerSec', 'IsrExpandsPerSec'] },
  { title: 'Leaders of a broker, from fewest to most', metrics: ['LeaderCount'] },
  { title: 'Brokers fenced and controllers active', metrics: ['FencedBrokerCount', 'ActiveControllerCount'] },
  { title: 'Request handlers idle', metrics: ['RequestHandlerAvgIdlePercent'] },
  { title: 'Smallest ISR of a partition', metrics: ['isr.size'] },
];

export function chartsSection(result: RunResult, id: string): Html {
  const charts = chartsOf(result.series);
  if (charts.length === 0) return html``;
  const shown = charts.slice(0, MAX_CHARTS);
  const rest = charts.length - shown.length;
  return html`<section id="${id}-charts">
<h3>Latency, lag, traffic and partitions</h3>
<p class="note">Shaded: a failure is in force. One curve: the line is the mean of an interval, the band reaches from its minimum to its maximum.</p>
<div class="charts">
${shown.map((chart, index) => chartFigure(chart, result, `${id}-chart-${index + 1}`))}
</div>
${rest > 0 && html`<p class="note">${plural(rest, 'more chart')} not drawn; the JSON result has every series.</p>`}
</section>
`;
}

function chartsOf(all: readonly Series[]): Chart[] {
  const drawable = all.filter((series) => series.mean.some((value) => value !== null));
  const groups = [
    ...CHARTS,
    ...[...new Set(drawable.map((series) => series.metric))]
      .filter((metric) => !CHARTS.some((group) => group.metrics.includes(metric)))
      .map((metric) => ({ title: metric, metrics: [metric] })),
  ];
  return groups.flatMap(({ title, metrics }) => {
    const members = metrics.flatMap((metric) => drawable.filter((series) => series.metric === metric));
    const subjects = [...new Set(members.map((series) => `${series.unit} ${series.of}`))];
    return subjects.map((subject) => {
      const series = members.filter((one) => `${one.unit} ${one.of}` === subject).slice(0, 3);
      return { title, of: series[0]?.of ?? '', series };
    });
  });
}

function chartFigure(chart: Chart, result: RunResult, id: string): Html {
  const drawn = chart.series.map((series) => downSample(series, MAX_POINTS));
  const x = timeScale(result.simulatedUs, LEFT, RIGHT, 5);
  const y = valueScale(drawn);
  const unit = unitText(drawn[0], y);
  return html`<figure><figcaption><strong>${chart.title}</strong><br><bdi>${chart.of}</bdi> · ${unit}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}"><title id="${id}">${chart.title} of ${chart.of} over time; the table below tells the same</title>
${timeAxis(x, TOP, BOTTOM)}${y.ticks.map(({ value, label }) => html`<path class="grid" d="M${LEFT} ${px(y(value))}H${RIGHT}"/><text x="${LEFT - 6}" y="${px(y(value) + 4)}" text-anchor="end">${label}</text>`)}
${failureShades(result.failures, result.simulatedUs, x, TOP, BOTTOM)}
${drawn.length === 1 && drawn[0] !== undefined && html`<path class="range" d="${rangePath(drawn[0], x, y)}"/>`}
${drawn.map((series, index) => html`<path class="s${index}" d="${linePath(series, x, y)}"/>${lonePoints(series, x, y, index)}`)}
</svg>
${drawn.length > 1 && html`<ul class="legend">${drawn.map((series, index) => html`<li><svg viewBox="0 0 28 13" aria-hidden="true"><path class="s${index}" d="M0 6.5H28"/></svg>${series.metric}</li>`)}</ul>`}
${valuesTable(drawn)}</figure>
`;
}

function unitText(series: Series | undefined, y: Scale): string {
  const unit = {
    us: 'duration',
    bytes: 'bytes',
    'bytes/s': 'bytes per second',
    records: 'records',
    'records/s': 'records per second',
    count: 'count',
    share: 'share',
  }[series?.unit ?? 'count'];
  return `${unit}${y.kind === 'log' ? ', logarithmic' : ''}`;
}

/** Times that span more than a factor of fifty need a logarithmic axis, or calm stretches become a flat line. */
function valueScale(drawn: readonly Series[]): Scale {
  const values = drawn
    .flatMap((series) => (drawn.length === 1 ? [...series.min, ...series.max] : series.mean))
    .filter((value) => value !== null);
  const min = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const max = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  const unit = drawn[0]?.unit ?? 'count';
  return unit === 'us' && min > 0 && max / min > 50
    ? logScale(min, max, BOTTOM, TOP, unit)
    : linearScale(min, max, BOTTOM, TOP, unit);
}

function linePath(series: Series, x: Scale, y: Scale): Html {
  let pen = 'M';
  let path = '';
  series.mean.forEach((value, index) => {
    if (value !== null) path += `${pen}${px(x(middle(series, index)))} ${px(y(value))}`;
    pen = value === null ? 'M' : 'L';
  });
  return new Html(path);
}

/** A value between two gaps has no line to be part of. */
function lonePoints(series: Series, x: Scale, y: Scale, index: number): Html {
  return html`${series.mean.map((value, at) => {
    const isLone = value !== null && (series.mean[at - 1] ?? null) === null && (series.mean[at + 1] ?? null) === null;
    return isLone && html`<circle class="dot${index}" cx="${px(x(middle(series, at)))}" cy="${px(y(value))}" r="1.6"/>`;
  })}`;
}

/** Stretches without a gap, each out along the maximum and back along the minimum. */
function rangePath(series: Series, x: Scale, y: Scale): Html {
  let path = '';
  let out: string[] = [];
  let back: string[] = [];
  const close = () => {
    if (out.length > 1) path += `M${out.join('L')}L${back.reverse().join('L')}Z`;
    out = [];
    back = [];
  };
  series.atUs.forEach((_, index) => {
    const low = series.min[index] ?? null;
    const high = series.max[index] ?? null;
    if (low === null || high === null) {
      close();
    } else {
      const at = px(x(middle(series, index)));
      out.push(`${at} ${px(y(high))}`);
      back.push(`${at} ${px(y(low))}`);
    }
  });
  close();
  return new Html(path);
}

function middle(series: Series, index: number): number {
  return (series.atUs[index] ?? 0) + series.bucketUs / 2;
}

function valuesTable(drawn: readonly Series[]): Html {
  const tables = drawn.map((series) => downSample(series, TABLE_ROWS));
  const first = tables[0];
  if (first === undefined) return html``;
  const cell = (value: number | null | undefined, series: Series) =>
    html`<td class="number">${value === null || value === undefined ? '—' : formatQuantity(value, series.unit)}</td>`;
  const columns = tables.flatMap((series) =>
    (['min', 'mean', 'max'] as const).map((column) => ({
      series,
      column,
      title: drawn.length > 1 ? `${series.metric} ${column}` : column,
    })),
  );
  return html`<details><summary>The same as a table</summary><div class="scroll"><table>
<thead><tr><th scope="col">From</th>${columns.map(({ title }) => html`<th class="number" scope="col">${title}</th>`)}</tr></thead><tbody>
${first.atUs.map(
  (
    at,
    index,
  ) => html`<tr><th scope="row">${formatInstant(at)}</th>${columns.map(({ series, column }) => cell(series[column][index], series))}</tr>
`,
)}</tbody></table></div><p class="note">Intervals of ${formatDuration(first.bucketUs)}.</p></details>`;
}
