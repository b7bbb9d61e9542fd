import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, createMachine, transition } from 'xstate';
import { machines } from '../cli/machineTable.ts';
import { brokerLifecycleMachine } from '../model/broker/lifecycle/brokerLifecycleMachine.ts';
import { compileMachine } from './compileMachine.ts';

describe('a compiled table says what xstate says', () => {
  test.each(machines.map(({ name, machine }) => [name, machine] as const))(
    '%s, every state and event',
    (_id, machine) => {
      const compiled = compileMachine(machine);
      for (const state of compiled.states) {
        for (const type of compiled.events) {
          const [next] = transition(machine, machine.resolveState({ value: state, context: {} }), { type });
          const expected = compiled.accepts(state, type) ? compiled.step(state, type) : state;
          expect(`${state} --${type}--> ${next.value as string}`).toBe(`${state} --${type}--> ${expected}`);
        }
      }
      expect(compiled.initial).toBe(machine.getInitialSnapshot({} as never).value);
    },
  );

  test('an event that the state does not know throws', () => {
    expect(() => compileMachine(brokerLifecycleMachine).step('NOT_RUNNING', 'unfenced')).toThrow(/not allowed/);
  });
});

describe('what a table cannot say is refused', () => {
  const refused: [string, AnyStateMachine][] = [
    [
      'a guard',
      createMachine({
        id: 'm',
        initial: 'A',
        states: { A: { on: { go: { target: 'B', guard: () => true } } }, B: {} },
      }),
    ],
    [
      'an action',
      createMachine({
        id: 'm',
        initial: 'A',
        states: { A: { on: { go: { target: 'B', actions: () => {} } } }, B: {} },
      }),
    ],
    ['a delay', createMachine({ id: 'm', initial: 'A', states: { A: { after: { 5: 'B' } }, B: {} } })],
    ['an entry', createMachine({ id: 'm', initial: 'A', states: { A: { entry: () => {} } } })],
    ['nesting', createMachine({ id: 'm', initial: 'A', states: { A: { initial: 'B', states: { B: {} } } } })],
    ['a root edge', createMachine({ id: 'm', initial: 'A', on: { go: '.A' }, states: { A: {} } })],
  ];
  test.each(refused)('%s', (_what, machine) => {
    expect(() => compileMachine(machine)).toThrow(/machine m/);
  });
});
