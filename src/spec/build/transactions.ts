import type { Configs, TransactionChoice } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { View } from './view.ts';

/** As Kafka Streams commits under exactly_once_v2. */
const DEFAULT_EVERY_US = 100_000;

/**
 * What a producer with a `transactional.id` does. `ProducerConfig` refuses a transactional.id without idempotence; a
 * transaction.timeout.ms above the brokers' transaction.max.timeout.ms is refused by them, when the producer starts.
 */
export function buildTransaction(
  producer: View,
  written: Configs,
  configs: Configs,
  diagnostics: Diagnostics,
): TransactionChoice | null {
  const view = producer.has('exactlyOnce') ? producer : producer.at('transaction');
  const config = producer.at('config');
  const id = String(written.get('transactional.id')?.value ?? '');
  if (id === '') {
    if (producer.at('transaction').isWritten)
      diagnostics.error('SP1165', view.span, 'transactions need a transactional.id', {
        hint: 'add config: { transactional.id: my-application }',
      });
    return null;
  }
  if (configs.get('enable.idempotence')?.value !== true)
    diagnostics.error('SP1165', config.keySpan('transactional.id'), 'transactional.id needs idempotence', {
      hint: 'take out enable.idempotence: false',
    });
  const everyUs = view.at('every').durationUs ?? DEFAULT_EVERY_US;
  if (everyUs <= 0) diagnostics.error('SP1104', view.at('every').span, 'a transaction lasts longer than nothing');
  return { id, everyUs, abortShare: view.at('abortShare').share ?? 0 };
}
