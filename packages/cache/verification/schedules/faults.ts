import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import type { Fault } from './configuration.js';
import type { KeyUnderTest, Run } from './run.js';

const endLease = readFileSync(new URL('./end-lease.lua', import.meta.url));

/** Injects a fault that affects one key, or all of the run's keys in Redis. */
export async function injectFault(fault: Fault, { key, history }: KeyUnderTest, run: Run) {
  const { environment } = run;
  const { operator, keyspace } = environment;
  switch (fault) {
    case 'value evicted':
      return operator.del(keyspace.value(key));
    case 'fence evicted':
      return operator.del(keyspace.fence(key));
    case 'lease expired':
      return operator.eval(endLease, 1, keyspace.fence(key));
    case 'invalidation repeated':
      return environment.connections[0].store.invalidate(key, run.random.pick(history.versions));
    case 'everything lost':
      return run.copy.deleteKeys();
    case 'copy taken':
      return run.copy.take();
    case 'copy restored':
      for (const tested of run.keys) {
        tested.history.recordFailover();
      }
      return run.copy.restore();
  }
}

/** An older copy of some keys in Redis, like that of a lagging replica or a snapshot. */
export class RedisCopy {
  readonly #redis: Redis;
  readonly #keys: readonly string[];
  #contents: readonly (Buffer | null)[];

  /** Creates a copy in which no key exists. */
  constructor(redis: Redis, keys: readonly string[]) {
    this.#redis = redis;
    this.#keys = keys;
    this.#contents = keys.map(() => null);
  }

  /** Copies the present contents of the keys. */
  async take(): Promise<void> {
    this.#contents = await Promise.all(this.#keys.map((key) => this.#redis.dumpBuffer(key)));
  }

  /** Replaces the contents of the keys with the copy. */
  async restore(): Promise<void> {
    const transaction = this.#redis.multi().unlink(...this.#keys);
    this.#keys.forEach((key, index) => {
      const content = this.#contents[index];
      if (content) {
        transaction.restore(key, 0, content);
      }
    });
    await transaction.exec();
  }

  /** Deletes the keys from Redis, and keeps the copy. */
  async deleteKeys(): Promise<void> {
    await this.#redis.unlink(...this.#keys);
  }
}
