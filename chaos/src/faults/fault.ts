import type { PostgresServer, SeededRandom } from '@product-api/testing';
import type { ApiProcess } from '../subject/api-process.js';
import type { Host } from '../subject/hosts.js';
import type { RedisPair } from '../subject/redis-pair.js';

/** The subject and the random choices of a fault. */
export interface FaultContext {
  /** The API processes, in random order. */
  readonly processes: readonly [ApiProcess, ...ApiProcess[]];
  readonly redis: RedisPair;
  readonly random: SeededRandom;
  /** Returns whether the database can be written now. */
  isWritable(): Promise<boolean>;
  /** Waits while the workload continues: a random time from half to one and a half of `ms`. */
  wait(ms: number): Promise<void>;
  /** Returns a context with its own random numbers, for a fault that runs at the same time. */
  split(): FaultContext;
}

/** The same for hosts on PostgreSQL. */
export interface HostsContext extends FaultContext {
  /** The hosts, in random order. */
  readonly processes: readonly [Host, ...Host[]];
  readonly postgres: PostgresServer;
  split(): HostsContext;
}

/** Something that goes wrong while the service is in use. */
export interface Fault<Context = FaultContext> {
  readonly name: string;
  /** Causes the fault, and then repairs it. */
  inject(context: Context): Promise<void>;
}
