import type { Host } from '../subject/hosts.js';
import type { Fault, HostsContext } from './fault.js';

/** Each host has its own delay to PostgreSQL and to Redis. Every request must still be served. */
const slowHosts: Fault<HostsContext> = {
  name: 'the paths to PostgreSQL and Redis are slow',
  async inject({ processes, random, wait }) {
    const paths = processes.flatMap(({ pathToRedis, database }) => [pathToRedis, database.path]);
    for (const path of paths) {
      path.impair({ kind: 'delay', ms: random.between(1, 10) });
    }
    await wait(1500);
    for (const path of paths) {
      path.heal();
    }
  },
};

/**
 * One host cannot reach PostgreSQL, first with an error and then without one, while the others
 * can: it must not serve what they have replaced.
 */
const cutOffHost: Fault<HostsContext> = {
  name: 'one host is cut off from PostgreSQL',
  async inject({ processes: [host], wait }) {
    const { path } = host.database;
    for (const kind of ['refuse', 'blackhole'] as const) {
      await host.database.interrupt(host, async () => {
        path.impair({ kind });
        await wait(1000);
        path.heal();
      });
    }
  },
};

/**
 * Statements or results arrive late: for example, a write is committed whose host learns of it
 * a second later, and invalidates it only then.
 */
const stalledDatabase: Fault<HostsContext> = {
  name: 'statements and results arrive too late',
  async inject({ processes, random, wait }) {
    for (const what of random.shuffle(['requests', 'replies'] as const)) {
      const host = random.pick(processes);
      await host.database.interrupt(host, async () => {
        host.database.path.impair({ kind: 'stall', what });
        await wait(1000);
        host.database.path.heal();
      });
    }
  },
};

/** The sessions of a host end in its statements, also between a commit and its result. */
export const endedSessions: Fault<HostsContext> = {
  name: 'sessions of PostgreSQL are reset',
  async inject({ processes, random, wait }) {
    for (let round = 0; round < 4; round++) {
      const host = random.pick(processes);
      await host.database.interrupt(host, async () => host.database.path.resetConnections());
      await wait(200);
    }
  },
};

/** PostgreSQL is killed, and recovers from its log. Meanwhile Redis alone serves. */
const crashedDatabase: Fault<HostsContext> = {
  name: 'PostgreSQL is killed and recovers',
  async inject({ processes, postgres, wait }) {
    const crashOnce = once(async () => {
      await postgres.crash();
      await wait(500);
      await postgres.start();
    });
    await interruptAll(processes, crashOnce);
    await wait(2500);
  },
};

/** Faults of PostgreSQL and the paths to it. */
export const databaseFaults: readonly [Fault<HostsContext>, ...Fault<HostsContext>[]] = [
  slowHosts,
  cutOffHost,
  stalledDatabase,
  endedSessions,
  crashedDatabase,
];

async function interruptAll(hosts: readonly Host[], during: () => Promise<void>): Promise<void> {
  await Promise.all(hosts.map((host) => host.database.interrupt(host, during)));
}

/** Returns a function that does something at its first call, and returns the same promise later. */
function once(act: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => {
    result ??= act();
    return result;
  };
}
