import { classicGroupMachine } from '../model/group/classicGroupMachine.ts';
import { consumerMemberMachine } from '../model/group/modern/consumerMemberMachine.ts';
import { producerSessionMachine } from '../model/producer/producerSessionMachine.ts';
import { transactionMachine } from '../model/transaction/transactionMachine.ts';
import type { MachineUnderTest, Transitions } from './checker.ts';

interface FlatMachine {
  readonly states: Readonly<Record<string, { readonly on: Readonly<Record<string, readonly EdgeOfMachine[]>> }>>;
}

interface EdgeOfMachine {
  readonly target?: readonly { readonly key: string }[] | undefined;
}

/** The model's machines under the names that `state-machines.json` gives Kafka's. */
export const MODEL_MACHINES: ReadonlyMap<string, MachineUnderTest> = new Map([
  ['consumer-protocol client member', { transitions: transitionsOf(consumerMemberMachine) }],
  ['classic group', { transitions: transitionsOf(classicGroupMachine) }],
  [
    'producer TransactionManager.State',
    {
      transitions: transitionsOf(producerSessionMachine),
      statesNotModelled: ['PREPARED_TRANSACTION'],
    },
  ],
  ['transaction coordinator', { transitions: transitionsOf(transactionMachine) }],
]);

/** Which states follow which in a flat xstate machine, whatever the event. */
export function transitionsOf(machine: FlatMachine): Transitions {
  return new Map(
    Object.entries(machine.states).map(([state, node]) => {
      const edges = Object.values(node.on).flat();
      const targets = edges.flatMap((edge) => edge.target?.map(({ key }) => key) ?? []);
      return [state, [...new Set(targets)].sort()];
    }),
  );
}
