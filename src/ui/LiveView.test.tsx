import { renderToString } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunProgress } from '../runner/progress.ts';
import { LiveRegion, LiveView } from './LiveView.tsx';
import { layout } from './layout.ts';
import { initialState, withFinished, withProgress } from './viewState.ts';

afterEach(cleanup);

const progress: RunProgress = {
  job: 0,
  nowUs: 30_000_000,
  durationUs: 60_000_000,
  events: 1,
  wallMs: 100,
  clusters: [],
  failuresInForce: [],
  expectations: [{ name: 'nothing acknowledged is lost', status: 'passed' }],
};
const start = initialState([{ title: 'Quick start', file: 'a' }], 1);

test.each([
  [80, 24],
  [40, 15],
  [200, 60],
])('what Ink draws at %ix%i has as many rows as the layout', (columns, rows) => {
  const lines = layout(withProgress(start, progress), { columns, rows });
  const drawn = renderToString(<LiveRegion lines={lines} color={false} />, { columns }).split('\n');
  expect(drawn.length).toBe(lines.length);
  for (const line of drawn) expect([...line].length).toBeLessThanOrEqual(columns);
});

function press(...inputs: string[]) {
  const keys = { onPause: vi.fn(), onQuit: vi.fn(), onScroll: vi.fn(), onSelect: vi.fn() };
  const view = render(<LiveView state={withProgress(start, progress)} color={false} keys={keys} />);
  for (const input of inputs) view.stdin.write(input);
  return keys;
}

test('q and Ctrl+C quit, space pauses', async () => {
  const keys = press('q', '\u0003', ' ');
  await vi.waitFor(() => expect(keys.onQuit).toHaveBeenCalledTimes(2));
  expect(keys.onPause).toHaveBeenCalledTimes(1);
});

test('arrows scroll and choose a scenario', async () => {
  const keys = press('\u001b[A', '\u001b[B', '\u001b[D', '\u001b[C');
  await vi.waitFor(() => expect(keys.onSelect).toHaveBeenCalledTimes(2));
  expect(keys.onScroll.mock.calls).toEqual([[-1], [1]]);
  expect(keys.onSelect.mock.calls).toEqual([[-1], [1]]);
});

test('a finished scenario becomes a line of history with what did not pass', () => {
  const two = initialState(
    [
      { title: 'Quick start', file: 'a' },
      { title: 'Rolling restart', file: 'b' },
    ],
    1,
  );
  const done = withFinished(withProgress(two, progress), {
    job: 0,
    outcome: 'failed',
    verdicts: [
      { name: 'nothing acknowledged is lost', status: 'failed' },
      { name: 'order is kept', status: 'passed' },
    ],
  });
  const keys = { onPause: vi.fn(), onQuit: vi.fn(), onScroll: vi.fn(), onSelect: vi.fn() };
  const view = render(<LiveView state={done} color={false} keys={keys} />);
  const text = view.frames.join('\n');
  expect(text).toContain('✗ failed');
  expect(text).toContain('Quick start  failed: nothing acknowledged is lost');
  expect(text).not.toContain('order is kept');
});
