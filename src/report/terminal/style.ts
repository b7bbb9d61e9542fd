import type { Outcome } from '../../result/runResult.ts';
import { STATUS_SYMBOL } from '../text/status.ts';

/** Colours of the terminal's own palette, or nothing at all. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  /** `✗ failed`, in the status's colour. */
  status(status: Outcome, text?: string): string;
}

const CODES: Readonly<Record<Outcome, number>> = { passed: 32, failed: 31, inconclusive: 33, interrupted: 33 };

export function styleFor(color: boolean): Style {
  const paint = (code: number, off: number, text: string) =>
    color && text !== '' ? `\u001b[${code}m${text}\u001b[${off}m` : text;
  return {
    bold: (text) => paint(1, 22, text),
    dim: (text) => paint(2, 22, text),
    status: (status, text = `${STATUS_SYMBOL[status]} ${status}`) => paint(CODES[status], 39, text),
  };
}
