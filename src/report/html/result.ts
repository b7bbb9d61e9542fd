import type { RunResult } from '../../result/runResult.ts';
import { programText, titleOf, verdictSentence } from '../describe.ts';
import { formatCount, formatDuration, plural } from '../text/numbers.ts';
import { STATUS_SYMBOL } from '../text/status.ts';
import { alertsSection } from './alerts.ts';
import { chartsSection } from './charts.ts';
import { type Html, html } from './html.ts';
import { lanesSection } from './lanes.ts';
import { histogramsSection, ledgerSection } from './ledger.ts';
import { limitsSection, realisedSection } from './realised.ts';
import { sourceSection } from './source.ts';
import { timelineSection } from './timeline.ts';
import { verdictsSection } from './verdicts.ts';

/** `brief`: verdicts only, when the page would become too large with everything. */
export type Depth = 'full' | 'brief';

/** One run, from the answer down to what it rests on. */
export function resultArticle(result: RunResult, id: string, depth: Depth, isOnly: boolean): Html {
  const sections: { title: string; anchor: string; body: Html }[] = [
    { title: 'Verdicts', anchor: 'verdicts', body: verdictsSection(result, id) },
  ];
  if (depth === 'full') {
    sections.push(
      { title: 'What happened', anchor: 'timeline', body: timelineSection(result, id) },
      { title: 'Failures', anchor: 'failures', body: realisedSection(result, id) },
      { title: 'Alerts', anchor: 'alerts', body: alertsSection(result, id) },
      { title: 'Leaders and ISR', anchor: 'partitions', body: lanesSection(result, id) },
      { title: 'Latency and lag', anchor: 'charts', body: chartsSection(result, id) },
      { title: 'Distributions', anchor: 'distributions', body: histogramsSection(result, id) },
      { title: 'Records', anchor: 'ledger', body: ledgerSection(result, id) },
      { title: 'Limits', anchor: 'limits', body: limitsSection(result, id) },
      { title: 'Scenario', anchor: 'scenario', body: sourceSection(result, id) },
    );
  }
  const present = sections.filter(({ body }) => body.markup !== '');
  return html`<article id="${id}"${isOnly && html` class="only"`} aria-labelledby="${id}-title">
${articleHeader(result, id)}
${depth === 'full' ? html`<nav class="contents" aria-label="Parts of this report">${present.map(({ title, anchor }) => html`<a href="#${id}-${anchor}">${title}</a>`)}</nav>` : html`<p class="note">Verdicts only: the page would exceed two megabytes with more. The JSON result has everything.</p>`}
${present.map(({ body }) => body)}
</article>
`;
}

function articleHeader(result: RunResult, id: string): Html {
  const title = html`<bdi>${titleOf(result)}</bdi>`;
  const { description } = result.scenario;
  return html`<header>
<h2 class="title" id="${id}-title">${title}</h2>
<div class="outcome"><span class="chip badge ${result.outcome}"><span aria-hidden="true">${STATUS_SYMBOL[result.outcome]}</span> ${result.outcome}</span><span>${verdictSentence(result)}</span></div>
${result.endedEarly !== null && html`<p class="banner"><strong>Ended early (${result.endedEarly.reason}).</strong> ${result.endedEarly.text}</p>`}
${description !== '' && html`<p class="lead">${description}</p>`}
<dl class="facts">${facts(result).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
</header>
`;
}

function facts(result: RunResult): [string, string][] {
  const { scenario } = result;
  const clusters = scenario.clusters.map((cluster): [string, string] => [
    `Cluster ${cluster.name}`,
    `Kafka ${cluster.kafka}, ${plural(cluster.brokers.length, 'broker')}, ${plural(cluster.controllers.length, 'controller')}`,
  ]);
  const topics = scenario.clusters.flatMap((cluster) =>
    cluster.topics.map((topic) => `${topic.name} (${topic.partitions} × ${topic.replicationFactor})`),
  );
  const clients = [...scenario.producers, ...scenario.consumers].map((one) => `${one.name} × ${one.instances}`);
  return [
    ...clusters.slice(0, 6),
    ['Topics (partitions × replicas)', listText(topics)],
    ['Clients', listText(clients)],
    ['Simulated', simulatedText(result)],
    ['Events', `${formatCount(result.events.control)} control, ${formatCount(result.events.data)} data`],
    ['Scenario', scenario.file],
    ['Seed', result.seed],
    ['Version', programText(result)],
    ['Trace digest', result.digest.slice(0, 16)],
  ];
}

function listText(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  return items.length <= 6 ? items.join(', ') : `${items.slice(0, 6).join(', ')} and ${items.length - 6} more`;
}

function simulatedText({ simulatedUs, scenario }: RunResult): string {
  const whole = simulatedUs === scenario.durationUs ? '' : ` of ${formatDuration(scenario.durationUs)}`;
  const warmup = scenario.warmupUs === 0 ? '' : `, warm-up ${formatDuration(scenario.warmupUs)}`;
  return `${formatDuration(simulatedUs)}${whole}${warmup}`;
}
