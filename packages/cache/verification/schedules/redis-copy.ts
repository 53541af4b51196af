import type { Redis } from 'ioredis';

/** What some keys in Redis held at one time, as a replica that lags behind or a snapshot has it. */
export class RedisCopy {
  readonly #redis: Redis;
  readonly #keys: readonly string[];
  #contents: readonly (Buffer | null)[];

  /** Begins as a copy of nothing. */
  constructor(redis: Redis, keys: readonly string[]) {
    this.#redis = redis;
    this.#keys = keys;
    this.#contents = keys.map(() => null);
  }

  /** Copies what the keys hold now. */
  async take(): Promise<void> {
    this.#contents = await Promise.all(this.#keys.map((key) => this.#redis.dumpBuffer(key)));
  }

  /** Puts back what was copied last. */
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

  /** Deletes the keys; the copy stays. */
  async lose(): Promise<void> {
    await this.#redis.unlink(...this.#keys);
  }
}
