import { LRUCache } from 'lru-cache';
import { isReplyError, type RedisClient } from './connection/redis-client.js';

/**
 * The longest text that can be a value, in bytes: 2 MiB. What is longer was put there by somebody
 * else; it takes so long to arrive that every reply behind it is late.
 */
export const longestValueBytes = 2 * 1024 * 1024;

/** Milliseconds for which a key is not read after an oversized value was found there. */
const firstQuarantineMs = 1000;
const longestQuarantineMs = 60_000;

/** Milliseconds after which a key that was readable again starts with a short quarantine. */
const forgetAfterMs = 60_000;

const mostSuspects = 1000;
const mostQuarantined = 1000;

/** For how long a key is not read. */
interface Quarantine {
  readonly until: number;
  readonly lengthMs: number;
}

/** What finds oversized values. */
export interface OversizedValuesOptions {
  readonly client: RedisClient;
  /** Runs commands while Redis is in use, and takes note whether it replies. */
  readonly run: (commands: () => Promise<void>) => Promise<void>;
  /** Called for each value that this process has deleted, with its key in Redis. */
  readonly onDeleted: (key: string, bytes: number) => void;
}

/**
 * Finds values that are too long to be read, and keeps them from being read. A read that gets no reply
 * makes its keys suspects, which are not read until they have been measured: at once, or, after an
 * outage, before Redis is used again. What is oversized is deleted, and its key is not read for a
 * while, longer each time: whoever put the value there may do so again.
 */
export class OversizedValues {
  readonly #client: RedisClient;
  readonly #run: OversizedValuesOptions['run'];
  readonly #onDeleted: OversizedValuesOptions['onDeleted'];
  readonly #suspects = new Set<string>();
  readonly #quarantine = new LRUCache<string, Quarantine>({ max: mostQuarantined });
  #removal: Promise<void> | undefined;

  constructor({ client, run, onDeleted }: OversizedValuesOptions) {
    this.#client = client;
    this.#run = run;
    this.#onDeleted = onDeleted;
  }

  /** Takes note of the keys in Redis of a read that got no reply, and measures them. */
  suspect(keys: readonly string[]): void {
    for (const key of keys) {
      if (this.#suspects.size < mostSuspects) {
        this.#suspects.add(key);
      }
    }
    this.#measure();
  }

  /** Whether any key may be refused, so that reads need to ask for each. */
  get refusesAny(): boolean {
    return this.#suspects.size > 0 || this.#quarantine.size > 0;
  }

  /** Whether a key must not be read now. */
  refuses(key: string): boolean {
    if (!this.refusesAny) {
      return false;
    }
    if (this.#suspects.has(key)) {
      this.#measure();
      return true;
    }
    const quarantine = this.#quarantine.peek(key);
    return quarantine !== undefined && performance.now() < quarantine.until;
  }

  /**
   * Deletes the suspects that are oversized.
   *
   * @throws whatever the client throws when Redis does not reply; they then stay suspects.
   */
  async remove(): Promise<void> {
    await this.#removal;
    await this.#removeSuspects();
  }

  /** Deletes an oversized value, without sending it back to compare it. */
  async discard(key: string, bytes: number): Promise<void> {
    const lengthMs = Math.min(
      longestQuarantineMs,
      2 * (this.#quarantine.get(key)?.lengthMs ?? firstQuarantineMs / 2),
    );
    const until = performance.now() + lengthMs;
    this.#quarantine.set(key, { until, lengthMs }, { ttl: lengthMs + forgetAfterMs });
    if ((await this.#client.unlink(key)) === 1) {
      this.#onDeleted(key, bytes);
    }
  }

  #measure(): void {
    this.#removal ??= this.#run(() => this.#removeSuspects())
      .catch(() => undefined)
      .finally(() => {
        this.#removal = undefined;
      });
  }

  async #removeSuspects(): Promise<void> {
    const keys = [...this.#suspects];
    const lengths = await Promise.all(keys.map((key) => this.#lengthOf(key)));
    for (const [index, key] of keys.entries()) {
      const bytes = lengths[index] ?? 0;
      if (bytes > longestValueBytes) {
        await this.discard(key, bytes);
      }
      this.#suspects.delete(key);
    }
  }

  /** A key of another type has no length; READ-OR-LEASE removes it. */
  #lengthOf(key: string): Promise<number> {
    return this.#client.strlen(key).catch((error: unknown) => {
      if (isReplyError(error)) {
        return 0;
      }
      throw error;
    });
  }
}
