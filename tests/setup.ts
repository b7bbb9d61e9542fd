import fc from 'fast-check';

/**
 * Property tests draw the same inputs everywhere, so that a red test is a change and never luck. To look further:
 * `FC_SEED=123 npx vitest run ...`.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 4_711) });
