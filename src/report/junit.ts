import type { RunReport, RunResult, Verdict } from '../result/runResult.ts';
import { evidencePlace, titleOf } from './describe.ts';
import type { Reporter } from './reporter.ts';
import { cleanText } from './text/clean.ts';
import { formatDuration, formatInstant } from './text/numbers.ts';

/**
 * JUnit XML as build servers read it (reference: the testmoapp/junitxml description).
 *
 * Suite = scenario, case = expectation; `failure` = does not hold, `skipped` = inconclusive, `error` = the run itself
 * could not be finished. Times are wall-clock seconds of the run; a verdict takes none of its own.
 */
export const junit: Reporter = {
  name: 'junit',
  extension: 'xml',
  description: 'JUnit XML for build servers: a suite per scenario, a case per expectation',
  render: renderJunit,
};

/** Text for XML 1.0: escapes markup, drops what XML forbids. Also valid inside a double-quoted attribute. */
export function escapeXml(text: string): string {
  return cleanText(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

interface Case {
  name: string;
  line: number | null;
  kind: 'passed' | 'failure' | 'skipped' | 'error';
  type: string;
  message: string;
  body: readonly string[];
}

function renderJunit(report: RunReport): string {
  const suites = report.results.map((result) => ({ result, cases: casesOf(result) }));
  const all = suites.flatMap((suite) => suite.cases);
  const wallMs = report.results.reduce((sum, result) => sum + result.environment.wallMs, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="streamproof" ${counts(all)} time="${seconds(wallMs)}">`,
    ...suites.flatMap(({ result, cases }) => suiteLines(result, cases)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines(result: RunResult, cases: readonly Case[]): string[] {
  const file = escapeXml(result.scenario.file);
  const timestamp = escapeXml(result.environment.startedAt.slice(0, 19));
  const property = (name: string, value: string) => `      <property name="${name}" value="${escapeXml(value)}"/>`;
  return [
    `  <testsuite name="${escapeXml(titleOf(result))}" ${counts(cases)} time="${seconds(result.environment.wallMs)}" timestamp="${timestamp}" file="${file}">`,
    '    <properties>',
    property('seed', result.seed),
    property('outcome', result.outcome),
    property('version', result.program.version),
    property('digest', result.digest),
    property('simulatedTime', formatDuration(result.simulatedUs)),
    property('reproduce', result.reproduce),
    ...result.scenario.variant.map(({ path, value }) => property(`vary:${escapeXml(path)}`, value)),
    '    </properties>',
    ...cases.flatMap((one) => caseLines(one, file)),
    '  </testsuite>',
  ];
}

function caseLines(one: Case, file: string): string[] {
  const line = one.line === null ? '' : ` line="${one.line}"`;
  const open = `    <testcase name="${escapeXml(one.name)}" classname="${file}" file="${file}"${line} time="0.000"`;
  if (one.kind === 'passed') return [`${open}/>`];
  const message = `message="${escapeXml(one.message)}"`;
  if (one.kind === 'skipped') return [`${open}>`, `      <skipped ${message}/>`, '    </testcase>'];
  const body = one.body.map(escapeXml).join('\n');
  return [
    `${open}>`,
    `      <${one.kind} ${message} type="${escapeXml(one.type)}">${body}</${one.kind}>`,
    '    </testcase>',
  ];
}

function casesOf(result: RunResult): Case[] {
  const cases = result.verdicts.map((verdict) => verdictCase(verdict, result));
  const { endedEarly } = result;
  if (endedEarly !== null) {
    cases.push({
      name: 'the run reaches its end',
      line: null,
      kind: endedEarly.reason === 'budget' ? 'skipped' : 'error',
      type: endedEarly.reason,
      message: `${endedEarly.reason}: ${endedEarly.text}`,
      body: [`reproduce: ${result.reproduce}`],
    });
  }
  return cases;
}

function verdictCase(verdict: Verdict, result: RunResult): Case {
  const kinds = { passed: 'passed', failed: 'failure', inconclusive: 'skipped' } as const;
  return {
    name: verdict.name,
    line: verdict.location.line,
    kind: kinds[verdict.status],
    type: verdict.claim,
    message: verdict.status === 'inconclusive' ? `inconclusive: ${verdict.observed}` : verdict.observed,
    body: [
      `expected: ${verdict.expected}`,
      `observed: ${verdict.observed}`,
      ...verdict.evidence.map((item) => `evidence: ${item.text} (${evidencePlace(item)})`),
      ...verdict.causes.map((cause) => `because: ${formatInstant(cause.atUs)}  ${cause.text}`),
      `reproduce: ${result.reproduce}`,
    ],
  };
}

function counts(cases: readonly Case[]): string {
  const of = (kind: Case['kind']) => cases.filter((one) => one.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
