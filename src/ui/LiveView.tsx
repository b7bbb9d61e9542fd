import { Box, Static, Text, useInput, useWindowSize } from 'ink';
import type { ReactElement } from 'react';
import { STATUS_SYMBOL } from '../report/text/status.ts';
import { layout, VERDICT_TONE } from './layout.ts';
import { cutTo, type Line, segment, type Tone } from './line.ts';
import { type FinishedRun, jobCount, titleOfJob, type ViewState } from './viewState.ts';

const COLOURS: Readonly<Record<Tone, string | undefined>> = {
  plain: undefined,
  strong: undefined,
  dim: undefined,
  good: 'green',
  bad: 'red',
  warn: 'yellow',
};

export interface Keys {
  readonly onPause: () => void;
  readonly onQuit: () => void;
  readonly onScroll: (step: number) => void;
  readonly onSelect: (step: -1 | 1) => void;
}

/** Scenarios that ended as history, and below it the live region. */
export function LiveView({ state, color, keys }: { state: ViewState; color: boolean; keys: Keys }): ReactElement {
  const size = useWindowSize();
  useInput((input, key) => {
    if (input === 'q' || (key.ctrl && input === 'c')) keys.onQuit();
    else if (input === ' ') keys.onPause();
    else if (key.upArrow || input === 'k') keys.onScroll(-1);
    else if (key.downArrow || input === 'j') keys.onScroll(1);
    else if (key.leftArrow || input === 'h') keys.onSelect(-1);
    else if (key.rightArrow || input === 'l') keys.onSelect(1);
  });
  // Thousands of seeds would drown the history, and a single run is told by its report right after.
  const history = state.runsEach > 1 || jobCount(state) === 1 ? [] : state.finished;
  return (
    <>
      <Static items={[...history]}>
        {(run) => <Row key={run.job} line={cutTo(finishedLine(state, run), size.columns - 1)} color={color} />}
      </Static>
      <LiveRegion lines={layout(state, size)} color={color} />
    </>
  );
}

export function LiveRegion({ lines, color }: { lines: readonly Line[]; color: boolean }): ReactElement {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        // A row of the screen has no other identity than its position.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Row key={row} line={line} color={color} />
      ))}
    </Box>
  );
}

function Row({ line, color }: { line: Line; color: boolean }): ReactElement {
  return (
    <Text wrap="truncate">
      {line.map(({ text, tone }, index) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece of a row has no other identity
          key={index}
          bold={color && tone === 'strong'}
          dimColor={color && tone === 'dim'}
          color={color ? COLOURS[tone] : undefined}
        >
          {text}
        </Text>
      ))}
    </Text>
  );
}

function finishedLine(state: ViewState, run: FinishedRun): Line {
  const failed = run.verdicts
    .filter(({ status }) => status !== 'passed')
    .map(({ name, status }) => `${status}: ${name}`);
  return [
    segment(`${STATUS_SYMBOL[run.outcome]} ${run.outcome.padEnd(13)}`, VERDICT_TONE[run.outcome] ?? 'plain'),
    segment(titleOfJob(state, run.job)),
    segment(failed.length === 0 ? '' : `  ${failed.join('; ')}`, 'dim'),
  ];
}
