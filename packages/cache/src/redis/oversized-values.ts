import { LRUCache } from 'lru-cache';
import { isReplyError, type RedisClient } from './connection/redis-client.js';

/**
 * The longest text that can be a value, in bytes: 2 MiB. A longer text was written by another
 * program. It takes so long to arrive that all replies after it on the connection time out.
 */
export const MAX_VALUE_BYTES = 2 * 1024 * 1024;

/** Milliseconds for which a key is not read after its first oversized value. */
const FIRST_QUARANTINE_MS = 1000;
const MAX_QUARANTINE_MS = 60_000;

/** Milliseconds after a quarantine until the next one of the key is short again. */
const FORGET_AFTER_MS = 60_000;

const MAX_SUSPECTS = 1000;
const MAX_QUARANTINED = 1000;

/** The time for which a key is not read. */
interface Quarantine {
  readonly until: number;
  readonly lengthMs: number;
}

/** Options for finding oversized values. */
export interface OversizedValuesOptions {
  readonly client: RedisClient;
  /** Runs commands if Redis is in use, and notes whether it replies. */
  readonly run: (commands: () => Promise<void>) => Promise<void>;
  /** Called for each value that this process deletes, with its key in Redis. */
  readonly onDeleted: (key: string, bytes: number) => void;
}

/**
 * Finds values that are too long to be read, and prevents their reads. If a read gets no reply, its
 * keys become suspects. Suspects are not read until their length is known: it is measured
 * immediately or, after an outage, before Redis is used again. An oversized value is deleted and
 * its key is quarantined, longer each time, because another program may write the value again.
 */
export class OversizedValues {
  readonly #client: RedisClient;
  readonly #run: OversizedValuesOptions['run'];
  readonly #onDeleted: OversizedValuesOptions['onDeleted'];
  readonly #suspects = new Set<string>();
  readonly #quarantine = new LRUCache<string, Quarantine>({ max: MAX_QUARANTINED });
  #removal: Promise<void> | undefined;

  constructor({ client, run, onDeleted }: OversizedValuesOptions) {
    this.#client = client;
    this.#run = run;
    this.#onDeleted = onDeleted;
  }

  /** Notes the keys in Redis of a read that got no reply, and measures their values. */
  suspect(keys: readonly string[]): void {
    for (const key of keys) {
      if (this.#suspects.size < MAX_SUSPECTS) {
        this.#suspects.add(key);
      }
    }
    this.#measure();
  }

  /** Whether there are keys that must not be read, so that reads must check each of theirs. */
  get refusesAny(): boolean {
    return this.#suspects.size > 0 || this.#quarantine.size > 0;
  }

  /** Returns whether a key must not be read now. */
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
   * Deletes the oversized values of all suspects.
   *
   * @throws {Error} when Redis does not reply; the keys then stay suspects.
   */
  async remove(): Promise<void> {
    await this.#removal;
    await this.#removeSuspects();
  }

  /** Deletes an oversized value and quarantines its key, without comparing the value. */
  async discard(key: string, bytes: number): Promise<void> {
    const lengthMs = Math.min(
      MAX_QUARANTINE_MS,
      2 * (this.#quarantine.get(key)?.lengthMs ?? FIRST_QUARANTINE_MS / 2),
    );
    const until = performance.now() + lengthMs;
    this.#quarantine.set(key, { until, lengthMs }, { ttl: lengthMs + FORGET_AFTER_MS });
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
      if (bytes > MAX_VALUE_BYTES) {
        await this.discard(key, bytes);
      }
      this.#suspects.delete(key);
    }
  }

  /** Returns the length of a value; 0 for a key of another type, which READ-OR-LEASE removes. */
  #lengthOf(key: string): Promise<number> {
    return this.#client.strlen(key).catch((error: unknown) => {
      if (isReplyError(error)) {
        return 0;
      }
      throw error;
    });
  }
}
