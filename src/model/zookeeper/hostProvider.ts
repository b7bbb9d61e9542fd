import { JavaRandom, javaShuffle } from '../algorithms/javaRandom.ts';

const HALF = 0x1000000;

/**
 * The order in which a client tries the servers of its connect string: a shuffle seeded with the clock in milliseconds,
 * mixed with a hash of the object that is the same in processes that start alike. Clients that start within a second of
 * each other therefore tend to choose alike.
 *
 * Source: ZooKeeper's `StaticHostProvider`. @param clockMs milliseconds since 1970, below 2^48
 */
export function connectOrder<T>(servers: readonly T[], clockMs: number, identityHash: number): T[] {
  const high = Math.floor(clockMs / HALF) ^ Math.floor(identityHash / HALF);
  const low = (clockMs % HALF) ^ (identityHash % HALF);
  return javaShuffle(servers, new JavaRandom(high, low));
}
