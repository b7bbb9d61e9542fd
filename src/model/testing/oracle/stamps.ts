import type { Ground } from './ground.ts';
import type { PlainReplica } from './plainReplica.ts';

/** At which instant a high watermark was looked at, by broker and partition: a request's records count when it was served. */
export type Stamps = Map<string, number>;

export function stamped(ground: Ground, { broker, partition }: PlainReplica, stamps: Stamps): number {
  return stamps.get(`${broker}/${partition}`) ?? ground.nowUs;
}
