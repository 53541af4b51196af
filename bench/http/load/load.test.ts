import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryFolder } from '@product-api/testing';
import { describe, expect, onTestFinished, it as test } from 'vitest';
import { findCores } from '../machine/cores.js';
import { requestEnd } from './generator/generator-job.js';
import { httpRequest } from './http-request.js';
import { runGenerator } from './run-generator.js';
import { findWrk, runWrk } from './run-wrk.js';

const cores = await findCores();

describe.skipIf(!(await findWrk()))('runWrk', () => {
  test('sends the requests in turn, bodies included, and counts them', async () => {
    const server = await serve(200);
    const job = { ...server.job, connections: 2, seconds: 1 };
    const { requests, p50Micros } = await runWrk(job, cores, false);
    expect(new Set(server.seen)).toEqual(new Set(['GET /a ', 'POST /b {"b":1}']));
    expect(server.seen.length).toBeGreaterThanOrEqual(requests);
    expect(p50Micros).toBeGreaterThan(0);
  });

  test('refuses a run with an answer that is an error', async () => {
    const { job } = await serve(500);
    const run = runWrk({ ...job, connections: 1, seconds: 1 }, cores, false);
    await expect(run).rejects.toThrow('errors');
  });
});

describe('runGenerator', () => {
  test('sends each request once, whatever the number of connections', async () => {
    const server = await serve(200);
    const job = { ...server.job, connections: 3, status: 200, pace: { kind: 'once' } } as const;
    expect(await runGenerator(job, cores, false)).toMatchObject({ requests: 2 });
    expect(server.seen.sort()).toEqual(['GET /a ', 'POST /b {"b":1}']);
  });

  test('counts at a fixed rate what waits behind a slow answer as slow', async () => {
    const delayMs = 20;
    const { job } = await serve(200, delayMs);
    const pace = { kind: 'at-rate', perSecond: 100, seconds: 0.5 } as const;
    const result = await runGenerator({ ...job, connections: 1, status: 200, pace }, cores, false);
    expect(result.requests).toBe(50);
    // At twice the rate that one connection can carry, the last of 50 waits for some 500 ms.
    expect(result.p99Micros / 1000).toBeGreaterThan(400);
  });

  test('refuses another status than the expected one', async () => {
    const { job } = await serve(404);
    const run = { ...job, connections: 1, status: 200, pace: { kind: 'once' } } as const;
    await expect(runGenerator(run, cores, false)).rejects.toThrow('Answered 404, not 200');
  });
});

async function serve(status: number, delayMs = 0) {
  const folder = await temporaryFolder();
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    seen.push(`${request.method} ${request.url} ${body}`);
    setTimeout(() => response.writeHead(status, { 'Content-Length': 2 }).end('{}'), delayMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await folder.remove();
  });
  const requests = [httpRequest('GET /a'), httpRequest('POST /b', { body: '{"b":1}' })];
  const requestsFile = folder.file('requests');
  await writeFile(requestsFile, requests.map((request) => request + requestEnd).join(''));
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  return { seen, job: { port, requestsFile } };
}
