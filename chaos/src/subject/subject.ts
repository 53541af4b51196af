import { type Database, databaseFailure, openDatabase } from '@product-api/database';
import { startApi, temporaryFolder } from '@product-api/testing';
import type { Note, Occurrence } from '../history/occurrence.js';
import type { Value } from '../history/operation.js';
import type { Server } from '../traffic/product-requests.js';
import { ApiProcess } from './api-process.js';
import { RedisPair } from './redis-pair.js';

/** Several API processes on one SQLite file and one Redis. */
export interface Deployment {
  readonly processes: readonly [ApiProcess, ...ApiProcess[]];
  readonly redis: RedisPair;
  /** The same service by itself, without Redis, which shows what the machine does to answers. */
  readonly control: Server;
  /** What was done to it so far, in its order. */
  readonly occurrences: readonly Occurrence[];
  /** What a product is by the database. */
  truth(id: string): Promise<Value>;
  /** Whether the database can be written at this moment. */
  isWritable(): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Starts the Redis servers, three API processes with a path to Redis each, and the control.
 *
 */
export async function startDeployment(): Promise<Deployment> {
  const folder = await temporaryFolder();
  const databaseUrl = `file:${folder.file('catalog.db')}`;
  const occurrences: Occurrence[] = [];
  const note: Note = (what) => occurrences.push({ at: performance.now(), what });
  const redis = await RedisPair.start(note);
  const startProcess = (name: string) =>
    ApiProcess.start({ name, databaseUrl, redisPort: redis.primary.port, note });
  const processes = await Promise.all([startProcess('a'), startProcess('b'), startProcess('c')]);
  const database = await openDatabase({ url: databaseUrl, busyTimeoutMs: 100 });
  const control = await startApi({ env: { SEED: 'false', LOG_LEVEL: 'warn' } });
  return {
    processes,
    redis,
    occurrences,
    control: { name: 'control', baseUrl: control.baseUrl },
    truth: (id) => storedValue(database, id),
    isWritable: () => isWritable(database),
    async stop() {
      await database.close();
      await Promise.all([control, ...processes].map((process) => process.stop()));
      await redis.stop();
      await folder.remove();
    },
  };
}

async function storedValue({ client }: Database, id: string): Promise<Value> {
  const product = await client.product.findUnique({ where: { id } });
  return product ? Number(product.stockQuantity) : 'absent';
}

/** Tries a write that changes nothing. */
async function isWritable({ client }: Database): Promise<boolean> {
  try {
    await client.$executeRaw`UPDATE products SET name = name WHERE FALSE`;
    return true;
  } catch (error) {
    if (databaseFailure(error) === 'busy') {
      return false;
    }
    throw error;
  }
}
