import type { Alert, RunResult } from '../../result/runResult.ts';
import { formatDuration, formatInstant, formatQuantity, plural } from '../text/numbers.ts';
import { type Html, html } from './html.ts';

const MAX_ROWS = 40;

/** What an operator's monitoring would have raised, by Kafka's metrics. */
export function alertsSection(result: RunResult, id: string): Html {
  const alerts = result.alerts ?? [];
  if (alerts.length === 0) return html``;
  const rest = alerts.length - MAX_ROWS;
  return html`<section id="${id}-alerts">
<h3>Alerts that monitoring would have raised</h3>
<p class="note">By Kafka's metrics, at the instant at which their rule was broken; real alerting waits a while first.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Alert</th><th scope="col">Severity</th><th scope="col">Cluster</th><th scope="col">From</th><th scope="col">For</th><th class="number" scope="col">Worst</th></tr></thead>
<tbody>${alerts.slice(0, MAX_ROWS).map((alert) => row(alert, result.simulatedUs))}</tbody></table></div>
${rest > 0 && html`<p class="note">${plural(rest, 'more alert')} in the JSON result.</p>`}
</section>
`;
}

function row({ metric, condition, severity, of, fromUs, toUs, worst }: Alert, endUs: number): Html {
  const lasted = formatDuration((toUs ?? endUs) - fromUs);
  return html`<tr><th scope="row">${metric} ${condition}</th><td>${severity}</td><td><bdi>${of}</bdi></td><td>${formatInstant(fromUs)}</td><td>${lasted}${toUs === null && html`, to the end`}</td><td class="number">${formatQuantity(worst, 'count')}</td></tr>
`;
}
