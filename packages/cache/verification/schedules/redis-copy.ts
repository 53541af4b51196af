import type { Redis } from 'ioredis';

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
