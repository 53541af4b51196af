import { type Database, openDatabase } from '@product-api/database';
import { startApi, temporaryFolder } from '@product-api/testing';
import type { HistoryEvent, RecordEvent } from '../history/history.js';
import type { Value } from '../history/operation.js';
import { ApiProcess } from './api-process.js';
import type { CheckedSubject } from './checked-subject.js';
import { RedisPair } from './redis-pair.js';

/** The system under test: several API processes on one SQLite file and one Redis. */
export interface Subject extends CheckedSubject {
  readonly processes: readonly [ApiProcess, ...ApiProcess[]];
  readonly redis: RedisPair;
  /** Returns whether the database can be written now. */
  isWritable(): Promise<boolean>;
  stop(): Promise<void>;
}

/** Starts the Redis servers, three API processes with a path to Redis each, and the control. */
export async function startSubject(): Promise<Subject> {
  const folder = await temporaryFolder();
  const file = { url: `file:${folder.file('catalog.db')}`, outages: [] };
  const events: HistoryEvent[] = [];
  const recordEvent: RecordEvent = (what) => events.push({ at: performance.now(), what });
  const redis = await RedisPair.start(recordEvent);
  const startProcess = (name: string) =>
    ApiProcess.start({ name, database: file, redisPort: redis.primary.port, recordEvent });
  const processes = await Promise.all([startProcess('a'), startProcess('b'), startProcess('c')]);
  const database = await openDatabase({ url: file.url, busyTimeoutMs: 100 });
  const control = await startApi({ env: { SEED: 'false', LOG_LEVEL: 'warn' } });
  return {
    processes,
    redis,
    events,
    control: { name: 'control', baseUrl: control.baseUrl },
    storedValue: (id) => storedValue(database, id),
    isWritable: () => isWritable(database),
    async stop() {
      await database.close();
      await Promise.all([control, ...processes].map((process) => process.stop()));
      await redis.stop();
      await folder.remove();
    },
  };
}

/** Returns the value of a product in a database. */
export async function storedValue({ client }: Database, id: string): Promise<Value> {
  const product = await client.product.findUnique({ where: { id } });
  return product ? Number(product.stockQuantity) : 'absent';
}

/** Tries a write that changes nothing. */
async function isWritable({ client, failureOf }: Database): Promise<boolean> {
  try {
    await client.$executeRaw`UPDATE products SET name = name WHERE FALSE`;
    return true;
  } catch (error) {
    if (failureOf(error) === 'busy') {
      return false;
    }
    throw error;
  }
}
