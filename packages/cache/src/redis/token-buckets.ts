import type { GuardedConnection } from './connection/guarded-connection.js';

/** The size of a token bucket. */
export interface BucketSize {
  /** The units of a full bucket. */
  readonly capacity: number;
  /** The milliseconds in which one unit is refilled; may have a fraction. */
  readonly refillMs: number;
}

/** What is taken from a bucket. */
export interface BucketCharge {
  /** Units that were used already. They may leave the bucket below zero. */
  readonly spent: number;
  /** Units that are taken only if the bucket has them; 0 for none. */
  readonly asked: number;
}

/** The state of a bucket after a charge. */
export interface ChargedBucket {
  /** Whether the units that were asked for were taken. */
  readonly taken: boolean;
  /** The units that are left; may have a fraction, and may be negative. */
  readonly left: number;
}

/** Token buckets in Redis, which all processes share. An absent bucket is full. */
export interface TokenBuckets {
  /**
   * Takes units from a bucket, in one round trip. Rejects while Redis cannot be used, and when it
   * does not reply in time: it is then unknown whether the units were taken.
   */
  charge(name: string, size: BucketSize, charge: BucketCharge): Promise<ChargedBucket>;
}

/** Creates the token buckets of a connection; `prefix` is the beginning of their keys. */
export function createTokenBuckets(connection: GuardedConnection, prefix: string): TokenBuckets {
  return {
    async charge(name, { capacity, refillMs }, { spent, asked }) {
      const [taken, left] = await connection.run((client) =>
        client.chargeBucket(`${prefix}${name}`, refillMs * 1000, capacity, spent, asked),
      );
      return { taken: taken === 1, left: Number(left) };
    },
  };
}
