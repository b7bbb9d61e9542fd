import type { RunReport } from '../result/runResult.ts';

export interface RenderOptions {
  /** Columns of the terminal; other formats ignore it. */
  width: number;
  /** ANSI colours; words and symbols carry the meaning without them. */
  color: boolean;
  /** Leave out scenarios that passed (`--quiet`); formats read by programs ignore it. */
  onlyFailures: boolean;
}

/** Turns results into text. Pure: the same report and options give the same bytes; nothing is run or read. */
export interface Reporter {
  /** As in `--reporter NAME`. */
  readonly name: string;
  /** Of the file it writes, without the dot. */
  readonly extension: string;
  /** One line for `--help`. */
  readonly description: string;
  render(report: RunReport, options: RenderOptions): string;
}

export const PLAIN: RenderOptions = { width: 100, color: false, onlyFailures: false };
