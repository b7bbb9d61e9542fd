import { nearest } from '../../spec/nearest.ts';
import type { CommandFunction } from '../commands.ts';
import { machineAsMermaid, machineAsText } from '../machineDiagram.ts';
import { machines } from '../machineTable.ts';
import { UserError } from '../userError.ts';

/** `machines`: the model's state machines, under Kafka's state names. */
export const printMachines: CommandFunction = async (args, flags, terminal) => {
  const [name] = args;
  const chosen = name === undefined ? machines : machines.filter((entry) => entry.name === name);
  if (chosen.length === 0) {
    const names = machines.map((entry) => entry.name);
    const near = nearest(name ?? '', names);
    const hint = near === undefined ? '' : `; did you mean '${near}'?`;
    throw new UserError(`there is no machine '${name}'${hint} (${names.join(', ')})`);
  }
  const print = flags.format === 'mermaid' ? machineAsMermaid : machineAsText;
  terminal.out(chosen.map((entry) => print(entry.name, entry.machine.config, entry.source)).join('\n'));
  return ['passed'];
};
