import { eventually, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis, type RedisOptions } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { composeServices } from '../compose-file.ts';
import { type RedisGroup, startRedisGroup } from './start-redis-group.ts';

const CATALOG = 'a1-B2_c3d4e5f6g7h8';
const REPLICATION = 'r1-P2_l3i4c5a6t7e8';

type Login = Pick<RedisOptions, 'username' | 'password' | 'enableReadyCheck'>;

describeWith('redis')('Redis and the sentinels of the profile scale', () => {
  let group: RedisGroup;

  beforeAll(async () => {
    group = await startRedisGroup({ catalog: CATALOG, replication: REPLICATION });
  });

  afterAll(() => group.stop());

  function connect(port: number, options: Login): Redis {
    const client = new Redis(port, { ...options, retryStrategy: () => null });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    return client;
  }

  const connectToSentinel = (port: number) => connect(port, { password: REPLICATION });

  /** Returns a client of the current primary, found as the service finds it. */
  function connectByName(): Redis {
    const client = new Redis({
      sentinels: group.sentinels.map(({ port }) => ({ host: '127.0.0.1', port })),
      name: 'catalog',
      username: 'catalog',
      password: CATALOG,
      sentinelUsername: 'catalog',
      sentinelPassword: CATALOG,
      // The service asks no further sentinels either.
      updateSentinels: false,
    });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    return client;
  }

  /** Returns how many other sentinels and replicas each sentinel knows. */
  function knownNodes() {
    return Promise.all(
      group.sentinels.map(async ({ port }) => {
        const sentinel = connectToSentinel(port);
        const [sentinels, replicas] = await Promise.all([
          sentinel.call('SENTINEL', 'SENTINELS', 'catalog'),
          sentinel.call('SENTINEL', 'REPLICAS', 'catalog'),
        ]);
        sentinel.disconnect();
        return [sentinels, replicas].map((nodes) => Array.isArray(nodes) && nodes.length);
      }),
    );
  }

  const allKnown = Array(3).fill([2, 1]);

  test('know each other', async () => {
    await eventually(async () => expect(await knownNodes()).toEqual(allKnown));
  });

  test.each(['GET product:1', 'ROLE', 'FLUSHALL', 'SENTINEL MYID'])(
    'refuse %s without a password',
    async (line) => {
      const [command = '', ...args] = line.split(' ');
      for (const { port } of [group.primary, group.replica, ...group.sentinels]) {
        const client = connect(port, { enableReadyCheck: false });
        await expect(client.call(command, ...args)).rejects.toThrow(/NOAUTH|NOPERM|unknown/);
      }
    },
  );

  test.each(['SENTINEL FAILOVER catalog', 'SENTINEL REMOVE catalog', 'ACL LIST', 'SHUTDOWN'])(
    'let the service not run %s at a sentinel',
    async (line) => {
      const [command = '', ...args] = line.split(' ');
      const login = { username: 'catalog', password: CATALOG, enableReadyCheck: false };
      const client = connect(Number(group.sentinels[0]?.port), login);
      await expect(client.call(command, ...args)).rejects.toThrow('NOPERM');
    },
  );

  test('count a restarted sentinel once', async () => {
    const [first] = group.sentinels;
    const id = await connectToSentinel(Number(first?.port)).call('SENTINEL', 'MYID');
    await group.restartSentinel(0);
    expect(await connectToSentinel(Number(first?.port)).call('SENTINEL', 'MYID')).toBe(id);
    await eventually(async () => expect(await knownNodes()).toEqual(allKnown));
  });

  test('make the replica the primary when the primary is killed, and the service follows', async () => {
    const api = await startApi({ env: settingsOfService() });
    onTestFinished(() => api.stop());
    const before = connectByName();
    expect(await readinessOf(api.baseUrl)).toBe('ok');
    await before.set('product:1', 'lamp');
    const replica = connect(group.replica.port, { username: 'catalog', password: CATALOG });
    await eventually(async () => (await replica.get('product:1')) === 'lamp');
    group.primary.process.signal('SIGKILL');
    await group.primary.process.exit;

    const after = connectByName();
    await eventually(async () => {
      expect(await after.info('replication')).toMatch(/role:master\r\nconnected_slaves:0\r\n/);
      expect(await after.set('product:2', 'desk')).toBe('OK');
    });
    expect(await after.get('product:1')).toBe('lamp');
    expect(await after.info('server')).toContain(`tcp_port:${group.replica.port}`);
    await eventually(async () => {
      expect(api.logLines().join('\n')).toContain('Redis is in use');
      expect(await readinessOf(api.baseUrl)).toBe('ok');
    });
  });

  /** Returns the settings of an API service, with the addresses of this group. */
  function settingsOfService(): Record<string, string> {
    const { environment = {} } = composeServices('scale')['api-1'] ?? {};
    const sentinels = group.sentinels.map(({ port }) => `127.0.0.1:${port}`).join();
    const settings = Object.entries(environment).map(([name, value]) => [
      name,
      String(value)
        .replaceAll(/\$\{SCALE_REDIS_PASSWORD:-\}/g, CATALOG)
        .replace(/^\$\{\w+:-\}$/, ''),
    ]);
    const { HOST: _, PORT: __, DATABASE_URL: ___, ...others } = Object.fromEntries(settings);
    return { ...others, REDIS_SENTINELS: sentinels, REDIS_TIMEOUT_MS: '2000' };
  }

  /** Returns `ok` if the service uses Redis. */
  async function readinessOf(baseUrl: string): Promise<unknown> {
    const response = await fetch(`${baseUrl}/health/ready`);
    return JSON.parse(await response.text()).status;
  }
});
