import type { ZkSession } from './zkSession.ts';

/** What a watch tells. */
export type ZnodeChange = 'created' | 'deleted';

/**
 * The ephemeral nodes of the tree: each belongs to a session and goes with it. What Kafka keeps in persistent nodes is
 * the controller's state.
 *
 * Source: Kafka's `ZkData` (`/controller`, `/brokers/ids/N`), ZooKeeper's `DataTree`.
 */
export class Znodes {
  readonly #owners = new Map<string, ZkSession>();
  readonly #onChange: (path: string, change: ZnodeChange, owner: ZkSession, cause: number) => void;

  constructor(onChange: (path: string, change: ZnodeChange, owner: ZkSession, cause: number) => void) {
    this.#onChange = onChange;
  }

  owner(path: string): ZkSession | undefined {
    return this.#owners.get(path);
  }

  /** False: the node exists (NodeExistsException). */
  create(path: string, owner: ZkSession, cause: number): boolean {
    if (this.#owners.has(path)) return false;
    this.#owners.set(path, owner);
    this.#onChange(path, 'created', owner, cause);
    return true;
  }

  delete(path: string, cause: number): void {
    const owner = this.#owners.get(path);
    if (owner === undefined || !this.#owners.delete(path)) return;
    this.#onChange(path, 'deleted', owner, cause);
  }

  /** The session ended. */
  deleteOf(owner: ZkSession, cause: number): void {
    for (const [path, of] of [...this.#owners]) if (of === owner) this.delete(path, cause);
  }
}
