import type { ConformanceReport, FileConformance } from './runConformance.ts';

const MARKS: Record<FileConformance['status'], string> = {
  passed: 'pass',
  failed: 'FAIL',
  partly: 'part',
  notChecked: 'none',
};

/** The report as text: a line per file, the first differences under it, and the sum; ends with a newline. */
export function formatConformance(report: ConformanceReport): string {
  if (report.files.length === 0) return 'No vector files found.\n';
  const width = Math.max(...report.files.map(({ file }) => file.length));
  const lines = report.files.flatMap((file) => [
    `${MARKS[file.status]}  ${file.file.padEnd(width)}  ${file.passed}/${file.total}`,
    ...file.differences.map(({ case: name, text }) => `        ${name}: ${text}`),
    ...hiddenDifferences(file),
    ...file.reasons.map((reason) => `        not checked: ${reason}`),
  ]);
  const { passed, total, failed, skipped } = report;
  return `${lines.join('\n')}\n\n${passed} of ${total} cases as Kafka, ${failed} different, ${skipped} not checked\n`;
}

function hiddenDifferences({ failed, differences }: FileConformance): string[] {
  const hidden = failed - differences.length;
  return hidden > 0 ? [`        and ${hidden} more`] : [];
}
