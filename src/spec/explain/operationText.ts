import type { OperationVerb } from '../../scenario/scenario.ts';
import { showThroughput } from '../showUnits.ts';

/** What an operation that moves partitions or changes sizes will do, in a few words; empty for others. */
export function operationText(action: OperationVerb): string {
  switch (action.verb) {
    case 'reassign':
      return reassignText(action);
    case 'addBrokers':
      return `brokers ${action.ids.join(', ')} join ${action.cluster}; nothing moves to them by itself`;
    case 'removeBroker':
      return action.drains
        ? `broker ${action.id} is emptied${throttleText(action.throttleBytesPerSec)}, stopped and unregistered`
        : `broker ${action.id} is stopped and unregistered as it is; its replicas stay missing`;
    case 'createPartitions':
      return `${action.topic} gets ${action.partitionCount} partitions; keys go to other partitions from then on`;
    default:
      return '';
  }
}

function reassignText({
  plan,
  throttleBytesPerSec,
  keepsThrottle,
  waits,
}: Extract<OperationVerb, { verb: 'reassign' }>): string {
  const end = waits ? '' : ', without waiting for the end';
  const kept = throttleBytesPerSec !== null && keepsThrottle ? ', which nobody takes away' : '';
  const how = `${throttleText(throttleBytesPerSec)}${kept}${end}`;
  switch (plan.kind) {
    case 'cancel':
      return `moves of ${plan.topics?.join(', ') ?? 'all topics'} are taken back`;
    case 'explicit': {
      const moves = plan.moves.map(
        ({ partition, replicas }) => `${plan.topic}-${partition} to [${replicas.join(', ')}]`,
      );
      const more = moves.length > 3 ? ` and ${moves.length - 3} more` : '';
      return `${moves.slice(0, 3).join(', ')}${more}${how}`;
    }
    case 'generated': {
      const what = plan.topics?.join(', ') ?? 'all user topics';
      const where = plan.brokers === null ? 'all brokers' : `brokers ${plan.brokers.join(', ')}`;
      const factor = plan.replicationFactor === null ? '' : ` with ${plan.replicationFactor} replicas`;
      return `${what} dealt anew over ${where}${factor}${plan.isRackAware ? '' : ', whatever the racks'}${how}`;
    }
  }
}

function throttleText(bytesPerSec: number | null): string {
  return bytesPerSec === null ? '' : ` with a throttle of ${showThroughput(bytesPerSec)}`;
}
