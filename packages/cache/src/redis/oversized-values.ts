import type { RedisClient } from './redis-client.js';

/**
 * The longest text that can be a value, in bytes: 2 MiB. What is longer was put there by somebody
 * else; it takes so long to arrive that every reply behind it is late.
 */
export const longestValueBytes = 2 * 1024 * 1024;

/** Milliseconds for which a key is not read after an oversized value was found there. */
const firstQuarantineMs = 1000;
const longestQuarantineMs = 60_000;

const mostSuspects = 1000;

/** What was found under a key. */
interface Quarantine {
  readonly until: number;
  readonly lengthMs: number;
}

/**
 * Finds values that are too long to be read, and keeps them from being read. A read that gets no reply
 * makes its keys suspects; they are measured before Redis is used again, and what is oversized is
 * deleted. Its key is not read for a while, longer each time: whoever put the value there may do so again.
 */
export class OversizedValues {
  readonly #onFound: (key: string, bytes: number) => void;
  readonly #suspects = new Set<string>();
  readonly #quarantine = new Map<string, Quarantine>();

  /** @param onFound called for each value that is deleted, with its key in Redis */
  constructor(onFound: (key: string, bytes: number) => void) {
    this.#onFound = onFound;
  }

  /** Takes note of the keys in Redis of a read that got no reply. */
  suspect(keys: readonly string[]): void {
    for (const key of keys) {
      if (this.#suspects.size < mostSuspects) {
        this.#suspects.add(key);
      }
    }
  }

  /** Whether a key must not be read now. */
  isQuarantined(key: string): boolean {
    if (this.#quarantine.size === 0) {
      return false;
    }
    const quarantine = this.#quarantine.get(key);
    return quarantine !== undefined && performance.now() < quarantine.until;
  }

  /** Measures the suspects and deletes those that are oversized. */
  async remove(client: RedisClient): Promise<void> {
    const keys = [...this.#suspects];
    const lengths = await Promise.all(keys.map((key) => lengthOf(client, key)));
    for (const [index, key] of keys.entries()) {
      const bytes = lengths[index] ?? 0;
      if (bytes > longestValueBytes) {
        await this.discard(client, key, bytes);
      }
      this.#suspects.delete(key);
    }
  }

  /** Deletes an oversized value, without sending it back to compare it. */
  async discard(client: RedisClient, key: string, bytes: number): Promise<void> {
    await client.unlink(key);
    const lengthMs = Math.min(
      longestQuarantineMs,
      2 * (this.#quarantine.get(key)?.lengthMs ?? firstQuarantineMs / 2),
    );
    this.#forgetOld();
    this.#quarantine.set(key, { until: performance.now() + lengthMs, lengthMs });
    this.#onFound(key, bytes);
  }

  /** A key that stayed readable for a minute starts with a short quarantine again. */
  #forgetOld(): void {
    for (const [key, { until }] of this.#quarantine) {
      if (performance.now() - until > longestQuarantineMs) {
        this.#quarantine.delete(key);
      }
    }
  }
}

/** A key of another type has no length; READ-OR-LEASE removes it. */
async function lengthOf(client: RedisClient, key: string): Promise<number> {
  return client.strlen(key).catch(() => 0);
}
