import { setTimeout as delay } from 'node:timers/promises';
import type { RedisServer } from '@product-api/testing';
import { type SentinelSubject, waitForReplica } from '../subject/sentinel-subject.js';

/** A failover by Sentinel. */
export interface SentinelFault {
  readonly name: string;
  /** Causes the failover, and waits until the former primary follows the new one. */
  inject(subject: SentinelSubject): Promise<void>;
}

/** Milliseconds in which both servers take writes, after a primary has come back. */
const SPLIT_MS = 500;

/** Sentinel promotes the replica. The former primary accepts writes for ten more seconds. */
const plannedFailover: SentinelFault = {
  name: 'Sentinel fails over as planned',
  async inject({ redis, recordEvent }) {
    const { former, next } = await roles(redis);
    await redis.failOver();
    recordEvent('a failover was ordered');
    await redis.waitForPrimary(next);
    recordEvent('all sentinels name the new primary');
    await waitForReplica(former);
    recordEvent('the former primary follows the new one');
  },
};

/** The primary hangs, is replaced, and comes back with older data and open connections. */
const hungPrimary: SentinelFault = {
  name: 'Sentinel replaces a primary that hangs',
  async inject({ redis, recordEvent }) {
    const { former, next } = await roles(redis);
    await former.kill('SIGSTOP');
    recordEvent('the primary was stopped');
    await redis.waitForPrimary(next);
    recordEvent('all sentinels name the new primary');
    await delay(SPLIT_MS);
    await former.kill('SIGCONT');
    recordEvent('the former primary was continued');
    await waitForReplica(former);
    recordEvent('the former primary follows the new one');
  },
};

/** The primary is killed while one host cannot read the change log, nor see what others wrote. */
const killedPrimary: SentinelFault = {
  name: 'Sentinel replaces a killed primary, and a host is cut off from PostgreSQL',
  async inject({ processes: [host], redis, recordEvent }) {
    const { former, next } = await roles(redis);
    const { path } = host.database;
    await host.database.interrupt(host, async () => {
      path.impair({ kind: 'refuse' });
      await former.kill('SIGKILL');
      recordEvent('the primary was killed');
      await redis.waitForPrimary(next);
      recordEvent('all sentinels name the new primary');
      await delay(SPLIT_MS);
      path.heal();
    });
    await former.restart();
    recordEvent('the former primary was started again');
    await waitForReplica(former);
    recordEvent('the former primary follows the new one');
  },
};

/** All failovers by Sentinel that are tested. */
export const sentinelFaults: readonly SentinelFault[] = [
  plannedFailover,
  hungPrimary,
  killedPrimary,
];

async function roles(
  redis: SentinelSubject['redis'],
): Promise<{ former: RedisServer; next: RedisServer }> {
  const former = await redis.primary();
  const [one, other] = redis.servers;
  return { former, next: former === one ? other : one };
}
