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

/** Several times what a worker takes by its own limits, as a busy machine is slow to start processes. */
const patient = { timeoutMs: 15_000 };

const limit = { timeout: 60_000 };

/** The processes that a process has started and that still run; only Linux tells. */
function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').filter(Boolean).map(Number);
}

/** Whether a process has opened the database, after which a start waits for Redis and then listens. */
function hasOpenedDatabase(pid: number): boolean {
  const descriptors = readdirSync(`/proc/${pid}/fd`);
  return descriptors.some((name) => readlinkSync(`/proc/${pid}/fd/${name}`).endsWith('.db'));
}

/** A killed process stays until its parent has taken note; it runs no more. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until the processes have ended; whatever happens, none is left behind. */
async function untilEnded(pids: readonly number[]): Promise<void> {
  onTestFinished(() => {
    for (const pid of pids.filter(runs)) {
      process.kill(pid, 'SIGKILL');
    }
  });
  await eventually(() => expect(pids.filter(runs)).toEqual([]), patient);
}

async function startOwnRedis(): Promise<RedisServer> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  return redis;
}

async function startOwnWorkers(env: Readonly<Record<string, string>> = {}) {
  const service = await startWorkers({ SHUTDOWN_TIMEOUT_MS: '2000', ...env });
  onTestFinished(() => service.stop());
  return service;
}

/** Sends the head of a request and a part of its body, so that its worker has a request to finish. */
async function beginCreate(service: WorkerService) {
  const { hostname, port } = new URL(service.api.baseUrl);
  const body = JSON.stringify(mouse);
  const connection = connect(Number(port), hostname);
  // 100 Continue says that the request has reached the service.
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
  /** Starts a successor that cannot serve yet, as it waits for a Redis that hangs. */
  async function withStartingSuccessor() {
    const redis = await startOwnRedis();
    const service = await startOwnWorkers({ REDIS_URL: redis.url });
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

  test('a successor that does not serve yet ends, and so do the others', async () => {
    const { service, before, successor } = await withStartingSuccessor();
    service.api.kill('SIGKILL');
    await untilEnded([...before, successor]);
  });

  test('a successor that waits for a primary that is stopped ends by SIGTERM', async () => {
    const { service, before, successor } = await withStartingSuccessor();
    service.api.kill('SIGSTOP');
    await eventually(() => hasLogged(service, 'Redis cannot be used', successor), patient);
    for (const pid of [...before, successor]) {
      process.kill(pid, 'SIGTERM');
    }
    await untilEnded([...before, successor]);
    service.api.kill('SIGKILL');
  });

  test('the first workers end while they start', async () => {
    const redis = await startOwnRedis();
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

  test('the request that a draining worker has accepted is answered, and all end', async () => {
    const service = await startOwnWorkers();
    const workers = service.workers();
    const finish = await beginCreate(service);
    service.api.kill('SIGTERM');
    await eventually(() => expect(workers.filter(runs)).toHaveLength(1), patient);
    service.api.kill('SIGKILL');
    expect(await finish()).toContain('HTTP/1.1 201 ');
    await untilEnded(workers);
  });

  test('a request that never ends keeps a worker no longer than SHUTDOWN_TIMEOUT_MS', async () => {
    const service = await startOwnWorkers();
    await beginCreate(service);
    service.api.kill('SIGKILL');
    await untilEnded(service.workers());
  });
});

describeWith('redis')('workers whose primary hangs', limit, () => {
  test('stop without it, the last that listens too', async () => {
    const service = await startOwnWorkers({ SHUTDOWN_DELAY_MS: '1000' });
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

/** Starts the service without waiting until it serves. */
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
