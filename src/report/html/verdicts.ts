import type { Evidence, Outcome, RunResult, Verdict } from '../../result/runResult.ts';
import { evidencePlace } from '../describe.ts';
import { formatInstant, plural } from '../text/numbers.ts';
import { STATUS_ORDER, STATUS_SYMBOL } from '../text/status.ts';
import { type Html, html } from './html.ts';

const MAX_VERDICTS = 200;
const MAX_EVIDENCE = 12;

export function chip(status: Outcome): Html {
  return html`<span class="chip ${status}"><span aria-hidden="true">${STATUS_SYMBOL[status]}</span> ${status}</span>`;
}

/** What a reader came for: failures first, each with its evidence and the chain of causes down to its root. */
export function verdictsSection(result: RunResult, id: string): Html {
  const ordered = STATUS_ORDER.flatMap((status) => result.verdicts.filter((verdict) => verdict.status === status));
  const rest = ordered.length - MAX_VERDICTS;
  return html`<section id="${id}-verdicts">
<h3>Verdicts</h3>
${ordered.length === 0 && html`<p>The scenario has no expectations.</p>`}
<ol class="verdicts">
${ordered.slice(0, MAX_VERDICTS).map((verdict) => verdictItem(verdict, id))}
</ol>
${rest > 0 && html`<p class="note">${plural(rest, 'more verdict')} not shown; the JSON result has all.</p>`}
${result.outcome !== 'passed' && html`<p>See it again:</p><pre class="command">${result.reproduce}</pre>`}
</section>
`;
}

function verdictItem(verdict: Verdict, id: string): Html {
  const inverted = verdict.violationExpected && html` <span class="muted">(a violation is expected)</span>`;
  const source = html`<a class="note" href="#${id}-L${verdict.location.line}">line ${verdict.location.line}</a>`;
  return html`<li class="${verdict.status}"><div>${chip(verdict.status)}</div><div class="verdict">
<h4><bdi>${verdict.name}</bdi>${inverted}</h4>
${verdict.status === 'passed' ? success(verdict, source) : problem(verdict, source)}
</div></li>
`;
}

/** A weakness that was found as expected is worth its story as much as a failure. */
function success(verdict: Verdict, source: Html): Html {
  const observed = html`<p class="muted">${verdict.observed} · ${source}</p>`;
  return verdict.violationExpected ? html`${observed}<dl>${story(verdict)}</dl>` : observed;
}

function problem(verdict: Verdict, source: Html): Html {
  return html`<dl>
<dt>Expected</dt><dd>${verdict.expected} · ${source}</dd>
<dt>${verdict.status === 'inconclusive' ? 'Undecided' : 'Observed'}</dt><dd>${verdict.observed}</dd>
${story(verdict)}
</dl>`;
}

function story(verdict: Verdict): Html {
  return html`${verdict.evidence.length > 0 && html`<dt>Evidence</dt><dd>${evidenceList(verdict.evidence)}</dd>`}
${verdict.causes.length > 0 && html`<dt>Because</dt><dd>${causeChain(verdict)}</dd>`}`;
}

function evidenceList(evidence: readonly Evidence[]): Html {
  const rest = evidence.length - MAX_EVIDENCE;
  const items = evidence.slice(0, MAX_EVIDENCE).map((item) => {
    const place = evidencePlace(item);
    const at = item.atUs === null ? '' : `${formatInstant(item.atUs)}  `;
    return html`<li><span class="muted">${at}</span> ${item.text}${place !== '' && html` <span class="muted">(${place})</span>`}</li>`;
  });
  return html`<ul class="evidence">${items}${rest > 0 && html`<li class="muted">and ${plural(rest, 'more finding')}</li>`}</ul>`;
}

function causeChain(verdict: Verdict): Html {
  return html`<ol class="causes">${verdict.causes.map(
    (cause) => html`<li><span class="at">${formatInstant(cause.atUs)}</span>${cause.text}</li>`,
  )}</ol>`;
}
