import { migrate, openDatabase } from '@product-api/database';
import { type PostgresServer, startPostgres } from '@product-api/testing';
import type { HistoryEvent, RecordEvent } from '../history/history.js';
import { ApiProcess } from './api-process.js';
import { startControl } from './control.js';
import { HostDatabase } from './host-database.js';
import { RedisPair } from './redis-pair.js';
import { type Subject, storedValue } from './subject.js';

/** An API process with its own paths to Redis and to PostgreSQL. */
export type Host = ApiProcess<HostDatabase>;

/** Two hosts or more, with nothing in common but PostgreSQL and Redis. */
export interface Hosts extends Subject {
  readonly processes: readonly [Host, Host, ...Host[]];
  readonly postgres: PostgresServer;
}

/** Starts PostgreSQL, the Redis servers, two hosts, and the control. */
export async function startTwoHosts(): Promise<Hosts> {
  const events: HistoryEvent[] = [];
  const recordEvent: RecordEvent = (what) => events.push({ at: performance.now(), what });
  const [postgres, redis] = await Promise.all([startPostgres(), RedisPair.start(recordEvent)]);
  await migrate({ url: postgres.url });
  const start = (name: string) => startHost({ name, postgres, redis, recordEvent });
  const control = await startControl(postgres);
  // One after the other, because all at once would start late on a busy machine.
  const processes = [await start('a'), await start('b')] as const;
  const database = await openDatabase({ url: postgres.url });
  return {
    processes,
    postgres,
    redis,
    events,
    control: { name: 'control', baseUrl: control.baseUrl },
    storedValue: (id) => storedValue(database, id),
    // A host that is stopped within a statement holds no lock that others need for long.
    isWritable: async () => true,
    async stop() {
      await database.close();
      await Promise.all([control, ...processes].map((process) => process.stop()));
      await Promise.all(processes.map((host) => host.database.close()));
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}

/** Options of a host. */
export interface HostOptions extends Pick<Hosts, 'postgres' | 'redis'> {
  readonly name: string;
  /** More settings of the host. Default: none. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly recordEvent: RecordEvent;
}

/** Starts a host with its own path to PostgreSQL. */
export async function startHost({
  name,
  postgres,
  redis,
  settings,
  recordEvent,
}: HostOptions): Promise<Host> {
  const database = await HostDatabase.open(postgres, (what) => recordEvent(`${name}: ${what}`));
  const redisPort = redis.primary.port;
  return ApiProcess.start({
    name,
    database,
    redisPort,
    ...(settings && { settings }),
    recordEvent,
  });
}
