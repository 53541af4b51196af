import { Agent, METHODS } from 'node:http';
import { problemSchema, problemType } from '@product-api/contract';
import { type RunningApi, startApi } from '@product-api/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY, bearer } from '../auth/keys.js';
import { DocumentCheck } from '../document-check.js';
import { type RawRequest, type RawResponse, send } from '../raw-request.js';
import { contractOperations, type Operation } from './contract-operations.js';
import { expectedRefusal, namesIn } from './expected-faults.js';
import { KnownValues } from './known-values.js';
import { operationRequests } from './operation-requests.js';

/** FUZZ_REQUESTS: the number of requests. Default 10,000. */
const requestCount = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);

/** FUZZ_SEED: the seed of the requests. By default the same ones are sent in every run. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

/** The number of requests that are under way at once. */
const CLIENTS = 16;

const operations = contractOperations();
const agent = new Agent({ keepAlive: true });

let api: RunningApi;
let check: DocumentCheck;

beforeAll(async () => {
  api = await startApi({ env: { LOG_LEVEL: 'error', AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY } });
  const document = await send(api.baseUrl, { path: '/openapi.json' });
  check = new DocumentCheck(JSON.parse(document.text));
});

afterAll(async () => {
  agent.destroy();
  await api.stop();
});

/** Operations whose random requests seldom name a product and what it has. */
const seldomSuccessful: readonly string[] = [
  'products.patch',
  'history.restore',
  'stock.adjustMany',
];

/** Optional fields that the state of the catalog can require, by operation. */
const requiredByState: Readonly<Record<string, readonly string[]>> = {
  // Of a product that exists.
  'history.restore': ['version'],
};

/** Returns how the response to a request differs from what contract and document say. */
function faultsIn(operation: Operation, request: RawRequest, response: RawResponse): string[] {
  const faults = check.faultsOf(request, response);
  if (response.status >= 500) {
    faults.push('a fault of the service, or a service that is too busy');
  }
  const refusal = expectedRefusal(operation, request);
  if (refusal && response.status !== refusal.status) {
    faults.push(`it should be ${refusal.status} for: ${refusal.fields.join(', ')}`);
  } else if (response.status === 400) {
    const problem: { errors: { field: string }[] } = JSON.parse(response.text);
    const named = problem.errors.map(({ field }) => field);
    const missing = (refusal?.fields ?? []).filter((field) => !named.includes(field));
    const possible = [
      ...(refusal?.fields ?? []),
      ...namesIn(request),
      ...(requiredByState[operation.id] ?? []),
    ];
    const invented = named.filter((field) => !possible.includes(field));
    faults.push(...missing.map((field) => `${field} is not named`));
    faults.push(...invented.map((field) => `${field} is named, and the request does not have it`));
  }
  return faults;
}

/** Returns a path with a valid `wait` shortened: each request would last for that time. */
function withoutWaiting(path: string): string {
  return path.replace(/([?&]wait=)([12]?\d|30)(?=&|$)/, '$10');
}

function describe(
  faults: readonly string[],
  request: RawRequest,
  { status, headers, text }: RawResponse,
): string {
  const response = { status, headers, text: text.slice(0, 2000) };
  return [...faults, JSON.stringify({ request, response }, null, 2)].join('\n');
}

test(`the responses to ${requestCount} random requests are as contract and document say`, {
  timeout: 120_000 + requestCount * 20,
}, async () => {
  const known = { products: new KnownValues(), apiKeys: new KnownValues() };
  const knownTo = (id: string) => (id.startsWith('apiKeys.') ? known.apiKeys : known.products);
  const requests = fc.oneof(
    ...operations.map((operation) => ({
      weight: seldomSuccessful.includes(operation.id) ? 3 : 1,
      arbitrary: fc.tuple(
        fc.constant(operation.id),
        operationRequests(operation, knownTo(operation.id)),
      ),
    })),
  );
  const conforms = fc.asyncProperty(requests, async ([id, request]) => {
    const operation = operations.find((each) => each.id === id) ?? expect.unreachable();
    const headers = { ...bearer(ADMIN_KEY), ...request.headers };
    const path = withoutWaiting(request.path);
    const response = await send(api.baseUrl, { ...request, path, headers }, agent);
    const faults = faultsIn(operation, request, response);
    if (faults.length > 0) {
      throw new Error(describe(faults, request, response));
    }
    knownTo(id).collect(response);
  });
  // Several clients that each send one request at a time, so that a failure shrinks to one request.
  const clients = Array.from({ length: CLIENTS }, (_, client) =>
    fc.assert(conforms, {
      seed: seed + client,
      numRuns: Math.ceil(requestCount / CLIENTS),
      includeErrorInReport: true,
    }),
  );
  const failed = (await Promise.allSettled(clients)).find(({ status }) => status === 'rejected');
  expect(failed?.status === 'rejected' ? failed.reason.message : '').toBe('');

  const unreached = operations
    .map(({ id }) => id)
    .filter((id) => ![...check.seen].some((seen) => seen.startsWith(`${id} 2`)));
  expect(unreached, 'no request to these succeeded').toEqual([]);
  expect(api.logLines()).toEqual([]);
});

test('a method that a path does not have is a 405 whose Allow lists those that it has', async () => {
  const paths = new Set(operations.map(({ path }) => path.replaceAll(/:\w+/g, 'x')));
  for (const path of paths) {
    const allowed = allowedMethods(path);
    // CONNECT does not have a path.
    const others = METHODS.filter((method) => !['CONNECT', ...allowed].includes(method));
    for (const method of others) {
      const { status, headers, text } = await send(api.baseUrl, { method, path }, agent);
      const got = { method, path, status, allow: headers.allow?.split(', ').sort() };
      expect(got).toEqual({ method, path, status: 405, allow: allowed });
      expect(headers['content-type']).toBe('application/problem+json');
      if (method !== 'HEAD') {
        const problem = problemSchema.parse(JSON.parse(text));
        expect(problem.type).toBe(problemType('method-not-allowed'));
      }
    }
  }
});

/** Returns the methods that a path must have by the contract, in order. */
function allowedMethods(path: string): string[] {
  const own = operations
    .filter((each) => new RegExp(`^${each.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path))
    .map(({ method }) => method);
  return [...new Set([...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].sort();
}
