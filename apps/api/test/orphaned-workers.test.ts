import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { eventually, type RedisServer, startRedis, temporaryFolder } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test } from 'vitest';
import { mouse } from './sample-product.js';
import { startWorkers, type WorkerService } from './start-workers.js';

/** Several times the limits of a worker, as a busy machine starts processes slowly. */
const patient = { timeoutMs: 15_000 };

const limit = { timeout: 60_000 };

/** Returns the running child processes of a process; works on Linux only. */
function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').filter(Boolean).map(Number);
}

/**
 * Returns whether a process has opened the database; then it waits for Redis, and then it listens.
 */
function hasOpenedDatabase(pid: number): boolean {
  const descriptors = readdirSync(`/proc/${pid}/fd`);
  return descriptors.some((name) => readlinkSync(`/proc/${pid}/fd/${name}`).endsWith('.db'));
}

/** Returns whether a process runs. A killed one stays as a zombie until its parent has noticed. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until the processes have ended; kills them after the test if they have not. */
async function untilEnded(pids: readonly number[]): Promise<void> {
  onTestFinished(() => {
    for (const pid of pids.filter(runs)) {
      process.kill(pid, 'SIGKILL');
    }
  });
  await eventually(() => expect(pids.filter(runs)).toEqual([]), patient);
}

async function startRedisForTest(): Promise<RedisServer> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  return redis;
}

async function startWorkersForTest(env: Readonly<Record<string, string>> = {}) {
  const service = await startWorkers(env);
  onTestFinished(() => service.stop());
  return service;
}

/**
 * Sends the head of a request and a part of its body, so that a worker has a request to finish.
 * Returns a function that sends the rest, and returns the response.
 */
async function beginCreate(service: WorkerService) {
  const { hostname, port } = new URL(service.api.baseUrl);
  const body = JSON.stringify(mouse);
  const connection = connect(Number(port), hostname);
  // 100 Continue shows that the request has reached the service.
  connection.write(
    'POST /products HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n' +
      `Expect: 100-continue\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  await new Promise((resolve) => connection.once('data', resolve));
  connection.write(body.slice(0, 9));
  return async () => {
    connection.write(body.slice(9));
    return text(connection);
  };
}

describeWith('redis')('workers whose primary is killed', limit, () => {
  /** Starts a successor that does not serve yet, because it waits for a Redis that hangs. */
  async function withStartingSuccessor() {
    const redis = await startRedisForTest();
    const service = await startWorkersForTest({
      REDIS_URL: redis.url,
      SHUTDOWN_TIMEOUT_MS: '2000',
    });
    const before = service.workers();
    await redis.kill('SIGSTOP');
    service.api.kill('SIGHUP');
    const successor = await eventually(
      () => childrenOf(service.api.pid).find((pid) => !before.includes(pid)) ?? false,
      patient,
    );
    await eventually(() => hasOpenedDatabase(successor), patient);
    return { service, before, successor };
  }

  test('end together with a successor that does not serve yet', async () => {
    const { service, before, successor } = await withStartingSuccessor();
    service.api.kill('SIGKILL');
    await untilEnded([...before, successor]);
  });

  test('a starting successor ends on SIGTERM while the primary hangs', async () => {
    const { service, before, successor } = await withStartingSuccessor();
    service.api.kill('SIGSTOP');
    await eventually(() => hasLogged(service, 'Redis cannot be used', successor), patient);
    for (const pid of [...before, successor]) {
      process.kill(pid, 'SIGTERM');
    }
    await untilEnded([...before, successor]);
    service.api.kill('SIGKILL');
  });

  test('end while they start', async () => {
    const redis = await startRedisForTest();
    await redis.kill('SIGSTOP');
    const primary = await spawnPrimary(redis.url);
    const pid = primary.pid ?? 0;
    const workers = await eventually(
      () => childrenOf(pid).length === 2 && childrenOf(pid),
      patient,
    );
    await eventually(() => workers.every(hasOpenedDatabase), patient);
    primary.kill('SIGKILL');
    await untilEnded(workers);
  });

  test('finish an accepted request while they drain, and end', async () => {
    const service = await startWorkersForTest();
    const workers = service.workers();
    const finish = await beginCreate(service);
    service.api.kill('SIGTERM');
    await eventually(() => expect(workers.filter(runs)).toHaveLength(1), patient);
    service.api.kill('SIGKILL');
    expect(await finish()).toContain('HTTP/1.1 201 ');
    await untilEnded(workers);
  });

  test('end after SHUTDOWN_TIMEOUT_MS despite a request that never ends', async () => {
    const service = await startWorkersForTest({ SHUTDOWN_TIMEOUT_MS: '1000' });
    await beginCreate(service);
    service.api.kill('SIGKILL');
    await untilEnded(service.workers());
  });
});

describeWith('redis')('workers whose primary hangs', limit, () => {
  test('all stop without it', async () => {
    const service = await startWorkersForTest({
      SHUTDOWN_DELAY_MS: '1000',
      SHUTDOWN_TIMEOUT_MS: '2000',
    });
    const workers = service.workers();
    service.api.kill('SIGTERM');
    await eventually(async () => {
      const ready = await fetch(`${service.api.baseUrl}/health/ready`);
      expect(ready.status).toBe(503);
    });
    service.api.kill('SIGSTOP');
    await untilEnded(workers);
    service.api.kill('SIGKILL');
  });
});

function hasLogged({ api }: WorkerService, message: string, pid: number): boolean {
  return api.logLines().some((line) => line.includes(message) && line.includes(`"pid":${pid}`));
}

/** Starts the service, and returns before it serves. */
async function spawnPrimary(redisUrl: string): Promise<ChildProcess> {
  const folder = await temporaryFolder();
  const primary = spawn(
    process.execPath,
    [fileURLToPath(new URL('../dist/main.js', import.meta.url))],
    {
      cwd: folder.path,
      env: { WORKERS: '2', PORT: '0', REDIS_URL: redisUrl },
      stdio: 'ignore',
    },
  );
  onTestFinished(async () => {
    primary.kill('SIGKILL');
    await folder.remove();
  });
  return primary;
}
