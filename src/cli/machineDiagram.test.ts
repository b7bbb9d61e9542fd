import { expect, test } from 'vitest';
import { machineAsMermaid, machineAsText } from './machineDiagram.ts';

const registration = {
  initial: 'FENCED',
  on: { unregister: '.GONE' },
  states: {
    FENCED: { on: { unfence: 'UNFENCED', heartbeat: {} } },
    UNFENCED: { on: { heartbeat: [{ target: 'CONTROLLED_SHUTDOWN', guard: 'wantsShutdown' }, {}] } },
    CONTROLLED_SHUTDOWN: {},
    GONE: { type: 'final' },
  },
};

test('a machine as text lists every transition under its state', () => {
  expect(machineAsText('registration', registration, 'BrokerControlState')).toMatchInlineSnapshot(`
    "registration  (BrokerControlState)

      FENCED (initial)
        unfence -> UNFENCED
        heartbeat -> (stays)
        unregister -> GONE
      UNFENCED
        heartbeat [wantsShutdown] -> CONTROLLED_SHUTDOWN
        heartbeat -> (stays)
        unregister -> GONE
      CONTROLLED_SHUTDOWN
        unregister -> GONE
      GONE (final)
        unregister -> (stays)
    "
  `);
});

test('a machine as Mermaid begins at its initial state', () => {
  const diagram = machineAsMermaid('registration', registration, 'BrokerControlState');
  expect(diagram).toContain('stateDiagram-v2\n  [*] --> FENCED\n');
  expect(diagram).toContain('  UNFENCED --> CONTROLLED_SHUTDOWN: heartbeat [wantsShutdown]\n');
  expect(diagram).toContain('  GONE --> [*]\n');
});
