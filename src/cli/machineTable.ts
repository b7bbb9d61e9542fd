import { expectationMachine } from '../assertions/expectationMachine.ts';
import { machines as modelMachines, type NamedMachine } from '../model/machines.ts';
import { runMachine } from '../runner/runMachine.ts';

/** Every state machine of the program: Kafka's own, then those of judging and running. */
export const machines: readonly NamedMachine[] = [
  ...modelMachines,
  { name: 'expectation', machine: expectationMachine, source: 'our own; three-valued as Jepsen checkers' },
  { name: 'run', machine: runMachine, source: 'our own' },
];
