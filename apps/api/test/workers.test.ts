import { mkdir, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createClient } from '@product-api/client';
import { eventually, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { create, createUntilRefused, type Outcome } from './create-until-refused.js';
import { converse } from './raw-connection.js';
import { send } from './raw-request.js';
import { mouse } from './sample-product.js';
import { messages, startWorkers, type WorkerService } from './start-workers.js';

const defaultConnections = 16;

/** Two workers and their load are slow on a busy machine. */
const patient = { timeoutMs: 15_000 };

describeWith('redis')('a service with two workers', () => {
  let service: WorkerService;

  beforeEach(async () => {
    service = await startWorkers();
  });

  afterEach(async () => {
    await service.stop();
  });

  const messageCount = (message: string) => messages(service.api, message).length;
  const startLoad = (outcomes: Outcome[]) => {
    const { baseUrl } = service.api;
    return Promise.all(
      Array.from({ length: defaultConnections }, () => createUntilRefused(baseUrl, outcomes)),
    );
  };

  /** Sends requests, each on a connection of its own, until both workers have answered. */
  async function untilBothAnswered(): Promise<void> {
    await eventually(async () => {
      await send(service.api.baseUrl, { path: '/products' });
      const answered = new Set(messages(service.api, 'request').map(({ pid }) => pid));
      expect([...answered].toSorted()).toEqual(service.workers().toSorted());
    });
  }

  /** Sends requests, each on a connection of its own, and answers their statuses; one that fails is thrown. */
  async function sendUntil(path: string, isOver: () => boolean): Promise<number[]> {
    const statuses: number[] = [];
    const deadline = performance.now() + 20_000;
    while (!isOver()) {
      if (performance.now() > deadline) {
        throw new Error('It should be over by now');
      }
      statuses.push((await send(service.api.baseUrl, { path })).status);
    }
    return statuses;
  }

  /** Starts a service on the same data, and counts the products there are beside the samples. */
  async function countStored(): Promise<number> {
    const api = await startApi({ env: { ...service.env, WORKERS: '1' } });
    let stored = -5;
    for await (const _ of createClient({ baseUrl: api.baseUrl }).products.list()) {
      stored++;
    }
    await api.stop();
    return stored;
  }

  test('messages that Node would respond to by itself end no worker', async () => {
    const workers = service.workers();
    const malformed = ['GET / HTTP/1.1\r\n\r\n', 'GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n'];
    const { baseUrl } = service.api;
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        converse(baseUrl, malformed[index % 2] ?? '', { halfClose: true }),
      ),
    );
    expect(statuses.every((received) => received.startsWith('HTTP/1.1 400 '))).toBe(true);
    await untilBothAnswered();
    expect(service.workers()).toEqual(workers);
  });

  test('both answer, and what one has written the other reads', async () => {
    const { products } = createClient({ baseUrl: service.api.baseUrl });
    const { id } = await products.create(mouse);
    const read = async () =>
      JSON.parse((await send(service.api.baseUrl, { path: `/products/${id}` })).text);
    for (let price = 2; price < 40; price++) {
      await products.update(id, { price });
      expect((await read()).price).toBe(price);
    }
    await untilBothAnswered();
    expect(messageCount('sample products created')).toBe(1);
    expect(messageCount('Product API is listening')).toBe(1);
  });

  test('SIGTERM under load loses no accepted request', { timeout: 60_000 }, async () => {
    const outcomes: Outcome[] = [];
    const load = startLoad(outcomes);
    await eventually(() => outcomes.length > 100, patient);
    service.api.kill('SIGTERM');
    await load;
    expect(await service.api.exit).toBe(0);
    const created = outcomes.filter((outcome) => outcome === 201).length;
    expect(created).toBe(outcomes.length - defaultConnections);
    expect(await countStored()).toBe(created);
  });

  test('a worker that was killed while it was idle is replaced, and no request fails', async () => {
    const before = service.workers();
    const [killed] = before;
    if (killed === undefined) {
      throw new Error('There should be two workers');
    }
    process.kill(killed, 'SIGKILL');
    const outcomes = await sendUntil(
      '/products',
      () => service.workers().length === 2 && !service.workers().includes(killed),
    );
    expect(new Set(outcomes)).toEqual(new Set([200]));
    expect(messages(service.api, 'worker ended')).toMatchObject([
      { pid: killed, signal: 'SIGKILL' },
    ]);
  });

  test('SIGHUP under load replaces every worker, and no request fails', {
    timeout: 60_000,
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
    const load = Array.from({ length: defaultConnections }, keepCreating);
    await eventually(() => outcomes.length > 100, patient);
    service.api.kill('SIGHUP');
    const readiness = await sendUntil(
      '/health/ready',
      () => messageCount('all workers are restarted') === 1,
    );
    done.abort();
    await Promise.all(load);
    expect(new Set(outcomes)).toEqual(new Set([201]));
    expect(new Set(readiness)).toEqual(new Set([200]));
    expect(service.workers()).toHaveLength(2);
    expect(service.workers().filter((pid) => before.includes(pid))).toEqual([]);
  });

  test('SIGTERM to a single worker replaces it, and loses no request', {
    timeout: 60_000,
  }, async () => {
    const outcomes: Outcome[] = [];
    const load = startLoad(outcomes);
    await eventually(() => outcomes.length > 100, patient);
    const [pid] = service.workers();
    process.kill(pid ?? 0, 'SIGTERM');
    await eventually(() => {
      expect(service.workers()).not.toContain(pid);
      expect(service.workers()).toHaveLength(2);
    }, patient);
    service.api.kill('SIGTERM');
    await load;
    const created = outcomes.filter((outcome) => outcome === 201).length;
    expect(created).toBe(outcomes.length - defaultConnections);
  });

  test('kill -9 of the primary: the workers finish what they have begun, and end', async () => {
    const { hostname, port } = new URL(service.api.baseUrl);
    const body = JSON.stringify(mouse);
    const connection = connect(Number(port), hostname);
    connection.write(`POST /products HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n`);
    connection.write(
      `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 9)}`,
    );
    // Its headers have arrived when another connection, made later, is answered by each worker.
    await untilBothAnswered();
    service.api.kill('SIGKILL');
    await eventually(() => messageCount('the primary process is gone: stopping') === 2);
    connection.write(body.slice(9));
    expect(await text(connection)).toMatch(/^HTTP\/1.1 201 /);
    // It settles when the last process that could write to its output is gone.
    expect(await service.api.exit).toBe('SIGKILL');
    await expect(send(service.api.baseUrl, { path: '/products' })).rejects.toThrow('ECONNREFUSED');
  });

  test('workers that die again and again are given up, with exit code 1', {
    timeout: 60_000,
  }, async () => {
    // The workers that run keep the file open that they know; others find a folder in its place.
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
    expect(messageCount('workers keep ending right after their start: giving up')).toBe(1);
  });
});
