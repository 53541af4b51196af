import { mkdir, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createClient } from '@product-api/client';
import { eventually, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { create, createUntilRefused, type Outcome } from './create-until-refused.js';
import { converse } from './raw-connection.js';
import { send } from './raw-request.js';
import { mouse } from './sample-product.js';
import { messages, startWorkers, type WorkerService } from './start-workers.js';

const CONNECTIONS = 16;

/** Two workers under load are slow on a busy machine. */
const patient = { timeoutMs: 50_000 };

const countMessages = ({ api }: WorkerService, message: string) => messages(api, message).length;

/** Sends requests over new connections until both workers have responded. */
async function untilBothResponded({ api, workers }: WorkerService): Promise<void> {
  await eventually(async () => {
    await send(api.baseUrl, { path: '/products' });
    const responded = new Set(messages(api, 'request').map(({ pid }) => pid));
    expect([...responded].toSorted()).toEqual(workers().toSorted());
  });
}

/**
 * Sends requests over new connections until `isOver`, and returns the statuses of the responses.
 */
async function sendUntil(baseUrl: string, path: string, isOver: () => boolean): Promise<number[]> {
  const statuses: number[] = [];
  const deadline = performance.now() + 50_000;
  while (!isOver()) {
    if (performance.now() > deadline) {
      throw new Error('The condition did not become true within 50 s');
    }
    statuses.push((await send(baseUrl, { path })).status);
  }
  return statuses;
}

/** Creates products over several connections until the service stops. */
async function startLoad({ api }: WorkerService, outcomes: Outcome[]): Promise<void> {
  const connections = Array.from({ length: CONNECTIONS }, () =>
    createUntilRefused(api.baseUrl, outcomes),
  );
  await Promise.all(connections);
}

/** Returns the number of products. */
async function countProducts(baseUrl: string): Promise<number> {
  return (await createClient({ baseUrl }).products.list().toArray()).length;
}

describeWith('redis')('a service with two workers', () => {
  // The tests with one service run in this order: the later ones replace workers.
  describe('that keeps running', () => {
    let service: WorkerService;

    beforeAll(async () => {
      service = await startWorkers();
    });

    afterAll(async () => {
      await service.stop();
    });

    test('requests that Node rejects by itself do not end a worker', async () => {
      const workers = service.workers();
      const malformed = ['GET / HTTP/1.1\r\n\r\n', 'GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n'];
      const { baseUrl } = service.api;
      const statuses = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          converse(baseUrl, malformed[index % 2] ?? '', { halfClose: true }),
        ),
      );
      expect(statuses.every((received) => received.startsWith('HTTP/1.1 400 '))).toBe(true);
      await untilBothResponded(service);
      expect(service.workers()).toEqual(workers);
    });

    test('both respond, and each reads the writes of the other', async () => {
      const { products } = createClient({ baseUrl: service.api.baseUrl });
      const { id } = await products.create(mouse);
      const read = async () =>
        JSON.parse((await send(service.api.baseUrl, { path: `/products/${id}` })).text);
      for (let price = 2; price < 40; price++) {
        await products.update(id, { price });
        expect((await read()).price).toBe(price);
      }
      await untilBothResponded(service);
      expect(countMessages(service, 'sample products created')).toBe(1);
      expect(countMessages(service, 'Product API is listening')).toBe(1);
    });

    test('an idle worker that is killed is replaced, and no request fails', async () => {
      const before = service.workers();
      const [killed] = before;
      if (killed === undefined) {
        throw new Error('There should be two workers');
      }
      process.kill(killed, 'SIGKILL');
      const outcomes = await sendUntil(
        service.api.baseUrl,
        '/products',
        () => service.workers().length === 2 && !service.workers().includes(killed),
      );
      expect(new Set(outcomes)).toEqual(new Set([200]));
      expect(messages(service.api, 'worker ended')).toMatchObject([
        { pid: killed, signal: 'SIGKILL' },
      ]);
    });

    test('SIGHUP under load replaces all workers, and no request fails', {
      timeout: 120_000,
    }, async () => {
      const before = service.workers();
      const outcomes: Outcome[] = [];
      const done = new AbortController();
      const keepCreating = async () => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        while (!done.signal.aborted) {
          outcomes.push(await create(service.api.baseUrl, agent));
        }
        agent.destroy();
      };
      const load = Array.from({ length: CONNECTIONS }, keepCreating);
      await eventually(() => outcomes.length > 100, patient);
      service.api.kill('SIGHUP');
      const readiness = await sendUntil(
        service.api.baseUrl,
        '/health/ready',
        () => countMessages(service, 'all workers are restarted') === 1,
      );
      done.abort();
      await Promise.all(load);
      expect(new Set(outcomes)).toEqual(new Set([201]));
      expect(new Set(readiness)).toEqual(new Set([200]));
      expect(service.workers()).toHaveLength(2);
      expect(service.workers().filter((pid) => before.includes(pid))).toEqual([]);
    });

    test('a worker that gets SIGTERM is replaced, a service ends, and no request is lost', {
      timeout: 120_000,
    }, async () => {
      const before = await countProducts(service.api.baseUrl);
      const outcomes: Outcome[] = [];
      const load = startLoad(service, outcomes);
      await eventually(() => outcomes.length > 100, patient);
      const [pid] = service.workers();
      process.kill(pid ?? 0, 'SIGTERM');
      await eventually(() => {
        expect(service.workers()).not.toContain(pid);
        expect(service.workers()).toHaveLength(2);
      }, patient);
      service.api.kill('SIGTERM');
      await load;
      expect(await service.api.exit).toBe(0);
      const created = outcomes.filter((outcome) => outcome === 201).length;
      expect(created).toBe(outcomes.length - CONNECTIONS);
      const next = await startApi({ env: { ...service.env, WORKERS: '1' } });
      onTestFinished(() => next.stop());
      expect(await countProducts(next.baseUrl)).toBe(before + created);
    });
  });

  /** Starts a service for one test. */
  async function startOwn(): Promise<WorkerService> {
    const service = await startWorkers();
    onTestFinished(() => service.stop());
    return service;
  }

  test('when the primary is killed, workers finish accepted requests and end', async () => {
    const service = await startOwn();
    const { hostname, port } = new URL(service.api.baseUrl);
    const body = JSON.stringify(mouse);
    const connection = connect(Number(port), hostname);
    connection.write(`POST /products HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n`);
    connection.write(
      `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 9)}`,
    );
    // The headers have arrived when each worker has responded over a later connection.
    await untilBothResponded(service);
    service.api.kill('SIGKILL');
    await eventually(() => countMessages(service, 'the primary process is gone: stopping') === 2);
    connection.write(body.slice(9));
    expect(await text(connection)).toMatch(/^HTTP\/1.1 201 /);
    // It resolves when the last process that could write to the service's output has ended.
    expect(await service.api.exit).toBe('SIGKILL');
    await expect(send(service.api.baseUrl, { path: '/products' })).rejects.toThrow('ECONNREFUSED');
  });

  test('when new workers keep dying, the service ends with exit code 1', {
    timeout: 60_000,
  }, async () => {
    const service = await startOwn();
    // Running workers keep their file open; new ones find a folder in its place.
    for (const end of ['', '-wal', '-shm']) {
      await rm(`${service.databaseFile}${end}`);
    }
    await mkdir(service.databaseFile);
    for (const pid of service.workers()) {
      process.kill(pid, 'SIGKILL');
    }
    expect(await service.api.exit).toBe(1);
    expect(messages(service.api, 'worker cannot serve')[0]).toMatchObject({
      reason: expect.stringContaining('Unable to open connection'),
    });
    expect(countMessages(service, 'workers keep ending right after their start: giving up')).toBe(
      1,
    );
  });
});
