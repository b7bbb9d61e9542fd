import type { Evidence, Outcome, RunReport, RunResult, SeedSummary } from '../result/runResult.ts';
import { cleanText } from './text/clean.ts';
import { formatCount, formatPercent, plural } from './text/numbers.ts';
import { STATUS_ORDER } from './text/status.ts';

/** The words that all reporters share. Everything returned is cleaned but not escaped for any format. */

/** `producers.checkout.config.acks` -> `acks`; `clusters.eu.config.[min.insync.replicas]` -> `min.insync.replicas`. */
export function shortPath(path: string): string {
  const clean = cleanText(path);
  const bracketed = /\[([^\]]+)\]$/.exec(clean)?.[1];
  return bracketed ?? clean.slice(clean.lastIndexOf('.') + 1);
}

/** `acks = 1, min.insync.replicas = 2`; empty without a matrix. */
export function variantText(variant: readonly { path: string; value: string }[]): string {
  return variant.map(({ path, value }) => `${shortPath(path)} = ${cleanText(value)}`).join(', ');
}

export function titleOf(result: RunResult): string {
  const variant = variantText(result.scenario.variant);
  const name = cleanText(result.scenario.name);
  return variant === '' ? name : `${name} (${variant})`;
}

/** `orders-1, offsets 6641 to 6651, 11 records`, less what the evidence's own text says already; may be empty. */
export function evidencePlace(evidence: Evidence): string {
  const parts: string[] = [];
  if (evidence.topic !== null) {
    const name = cleanText(evidence.topic) + (evidence.partition === null ? '' : `-${evidence.partition}`);
    if (
      !cleanText(evidence.text)
        .split(/[^\w.-]+/)
        .includes(name)
    )
      parts.push(name);
  }
  if (evidence.firstOffset !== null) {
    const last = evidence.lastOffset ?? evidence.firstOffset;
    parts.push(last === evidence.firstOffset ? `offset ${last}` : `offsets ${evidence.firstOffset} to ${last}`);
  }
  if (evidence.count !== null && !evidence.text.startsWith(`${evidence.count} `))
    parts.push(plural(evidence.count, 'record'));
  return parts.join(', ');
}

/** `1 of 6 expectations failed, 1 is inconclusive`, or that all hold. */
export function verdictSentence(result: RunResult): string {
  const total = result.verdicts.length;
  if (total === 0) return 'The scenario has no expectations.';
  const failed = result.verdicts.filter((verdict) => verdict.status === 'failed').length;
  const open = result.verdicts.filter((verdict) => verdict.status === 'inconclusive').length;
  if (failed + open === 0)
    return total === 1 ? 'The expectation holds.' : `All ${formatCount(total)} expectations hold.`;
  const parts: string[] = [];
  if (failed > 0) parts.push(failed === 1 ? '1 does not hold' : `${formatCount(failed)} do not hold`);
  if (open > 0) parts.push(open === 1 ? '1 could not be decided' : `${formatCount(open)} could not be decided`);
  return `Of ${plural(total, 'expectation')}, ${parts.join(' and ')}.`;
}

/** How many runs ended how. Of a scenario under many seeds every seed counts, though the report holds only one run. */
export function outcomeCounts(report: RunReport): Record<Outcome, number> {
  const counts = { passed: 0, failed: 0, inconclusive: 0, interrupted: 0 };
  const seeded = new Set(report.seeds.map(({ file }) => file));
  for (const { scenario, outcome } of report.results) {
    if (!seeded.has(scenario.file)) counts[outcome]++;
  }
  for (const { outcomes } of report.seeds) {
    for (const outcome of STATUS_ORDER) counts[outcome] += outcomes[outcome];
  }
  return counts;
}

/** The outcome to name first; null when nothing ran. */
export function worstOutcome(report: RunReport): Outcome | null {
  const counts = outcomeCounts(report);
  return STATUS_ORDER.find((outcome) => counts[outcome] > 0) ?? null;
}

/** `3 scenarios: 1 failed, 1 inconclusive, 1 passed`. */
export function summaryText(report: RunReport): string {
  const counts = outcomeCounts(report);
  const total = STATUS_ORDER.reduce((sum, outcome) => sum + counts[outcome], 0);
  if (total === 0) return 'Nothing ran.';
  const isPlain = report.seeds.length + report.matrices.length === 0;
  const parts = STATUS_ORDER.filter((outcome) => counts[outcome] > 0).map(
    (outcome) => `${formatCount(counts[outcome])} ${outcome}`,
  );
  return `${plural(total, isPlain ? 'scenario' : 'run')}: ${parts.join(', ')}`;
}

/** `186 of 200 (93%)`. */
export function passRate(seeds: SeedSummary): string {
  return `${formatCount(seeds.outcomes.passed)} of ${formatCount(seeds.seeds)} (${formatPercent(seeds.seeds === 0 ? 0 : seeds.outcomes.passed / seeds.seeds)})`;
}

/** `streamproof 0.1.0`. */
export function programText(result: RunResult): string {
  return `${result.program.name} ${cleanText(result.program.version)}`;
}
