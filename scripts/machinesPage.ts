import { machineAsMermaid } from '../src/cli/machineDiagram.ts';
import { machines } from '../src/cli/machineTable.ts';

/** The model's state machines in Markdown, one diagram each. */
export function machinesPage(): string {
  const contents = machines.map(({ name }) => `- [${name}](#${name.toLowerCase()})`).join('\n');
  return `# State machines

Written by \`scripts/generateDocs.ts\` from \`src/cli/machineTable.ts\`; do not edit. \`streamproof machines\` prints the same.

The states are Kafka's, under Kafka's names. There are no timers in a machine: an expiry is an event that the scheduler sends. An event that a state does not know is ignored.

${contents}

${machines.map(section).join('\n')}`;
}

function section({ name, machine, source }: (typeof machines)[number]): string {
  // The title would repeat the heading, and GitHub draws it in tiny letters.
  const diagram = machineAsMermaid(name, machine.config, source).replace(/^---\n[\s\S]*?\n---\n/, '');
  return `## ${name}\n\nSource: ${source}.\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
}
