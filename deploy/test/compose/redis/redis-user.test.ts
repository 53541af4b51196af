import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  eventually,
  freePort,
  type RunningApi,
  type ServerProcess,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { repositoryFile } from '../../repository-file.ts';
import { composeServices } from '../compose-file.ts';
import { startComposeApi } from './start-compose-api.ts';
import { startRedisService } from './start-redis-service.ts';

const { redis: redisService = {} } = composeServices();
const NAMESPACE = 'shop:';

describeWith('redis')('the Redis of docker-compose.yml', () => {
  let folder: TemporaryFolder;
  let port: number;
  let redis: ServerProcess;
  let password: string;

  const startRedis = () =>
    startRedisService(redisService, {
      port,
      root: folder.path,
      env: { CACHE_NAMESPACE: NAMESPACE },
    });
  const readPassword = () => readFile(folder.file('data/password'), 'utf8');

  beforeAll(async () => {
    folder = await temporaryFolder();
    port = await freePort();
    redis = await startRedis();
    password = await readPassword();
  });

  afterAll(async () => {
    redis.signal('SIGTERM');
    await redis.exit;
    await folder.remove();
  });

  function connect(login: { username?: string; password?: string }): Redis {
    const client = new Redis(port, {
      ...login,
      enableReadyCheck: false,
      retryStrategy: () => null,
    });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    return client;
  }

  const connectAsService = () => connect({ username: 'catalog', password });

  async function startService(): Promise<RunningApi> {
    const api = await startComposeApi({ root: folder.path, port, namespace: NAMESPACE });
    onTestFinished(() => api.stop());
    const readiness = async () => (await fetch(`${api.baseUrl}/health/ready`)).json();
    await eventually(async () => expect(await readiness()).toMatchObject({ cache: 'ok' }));
    return api;
  }

  test('lets the service use it, with no command missing', async () => {
    // The service first clears the entries of an unknown database.
    const leftover = `${NAMESPACE}product:00000000-0000-4000-8000-000000000000`;
    await connectAsService().set(`${NAMESPACE}cache:applied`, 'unknown 1 -');
    await connectAsService().set(leftover, '{}');
    const api = await startService();
    expect(await connectAsService().get(leftover)).toBeNull();
    const send = (method: string, path: string, body?: object) =>
      fetch(`${api.baseUrl}${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      });
    const lamp = { name: 'Lamp', description: '', price: 1, stock_quantity: 1 };
    const { id } = JSON.parse(await (await send('POST', '/products', lamp)).text());
    const read = async () => {
      const response = await send('GET', `/products/${id}`);
      return [response.headers.get('x-cache'), JSON.parse(await response.text()).price];
    };
    await eventually(async () => expect(await read()).toEqual(['HIT', 1]));
    await send('PUT', `/products/${id}`, { price: 2 });
    await eventually(async () => expect(await read()).toEqual(['HIT', 2]));
    const batch = await send('POST', '/products/batch-get', { ids: [id] });
    expect(batch.headers.get('x-cache')).toBe('HIT 1');
    expect((await send('DELETE', `/products/${id}`)).status).toBe(204);
    const output = api.logLines().join('\n');
    expect(output).not.toContain('NOPERM');
    expect(output).not.toContain(password);
  });

  test.each([
    'FLUSHALL',
    'FLUSHDB',
    'KEYS *',
    'CONFIG GET *',
    'ACL LIST',
    'SCRIPT FLUSH',
    'MODULE LIST',
    'REPLICAOF 127.0.0.1 1',
    'SUBSCRIBE news',
    'CLIENT LIST',
    'SHUTDOWN',
    'GET other:product:1',
    'DEL other:product:1',
  ])('refuses the service %s', async (line) => {
    const [command = '', ...args] = line.split(' ');
    await expect(connectAsService().call(command, ...args)).rejects.toThrow('NOPERM');
  });

  test('refuses scripts what it refuses commands', async () => {
    const script = connectAsService().eval('return redis.call("FLUSHALL")', 0);
    await expect(script).rejects.toThrow(/ACL failure|can't run this command/);
  });

  test('knows without a password only PING', async () => {
    const client = connect({});
    expect(await client.ping()).toBe('PONG');
    await expect(client.get(`${NAMESPACE}product:1`)).rejects.toThrow('NOPERM');
    await expect(client.info()).rejects.toThrow('NOPERM');
  });

  test('keeps its password, and shows it to no other process', async () => {
    expect(password).toMatch(/^[0-9a-f]{64}$/);
    redis.signal('SIGTERM');
    await redis.exit;
    redis = await startRedis();
    expect(await readPassword()).toBe(password);
    const ps = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(redis.pid)]);
    expect(ps.stdout).toContain('redis-server');
    const files = (await readdir(folder.file('tmp'))).map((name) =>
      readFile(join(folder.file('tmp'), name), 'utf8'),
    );
    for (const text of [ps.stdout, ...(await Promise.all(files))]) {
      expect(text).not.toContain(password);
    }
  });

  test('has the user that the documentation of operations describes', () => {
    const documented = /^ {2}ACL SETUSER .* (\+info .*)$/m.exec(
      repositoryFile('docs/operations.md'),
    )?.[1];
    expect(documented).toBeDefined();
    expect(repositoryFile('deploy/compose/redis.sh')).toContain(`-@all ${documented}\n`);
  });
});
