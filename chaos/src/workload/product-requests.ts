import { productSchema } from '@product-api/contract';
import type { Failed, Lost, Read, Write } from '../history/operation.js';

/**
 * Milliseconds after which a client stops waiting for a response: more than a process needs to give
 * up on a database that does not reply.
 */
const TIMEOUT_MS = 15_000;

/** An API process that clients send requests to. */
export interface Server {
  readonly name: string;
  readonly baseUrl: string;
}

/** Reads a product. */
export async function readProduct(server: Server, id: string): Promise<Read> {
  const begin = performance.now();
  const response = await send(server, 'GET', `/products/${id}`);
  const exchange = {
    kind: 'read',
    process: server.name,
    id,
    begin,
    end: performance.now(),
  } as const;
  if (response.kind === 'lost') {
    return { ...exchange, outcome: response };
  }
  const { status, cache, body } = response;
  if (status === 404) {
    return { ...exchange, outcome: { kind: 'found', value: 'absent', cache } };
  }
  if (status !== 200) {
    return { ...exchange, outcome: failed(response) };
  }
  const { stock_quantity: value } = productSchema.parse(body);
  return { ...exchange, outcome: { kind: 'found', value, cache } };
}

/** Creates a product with a value. */
export async function createProduct(server: Server, value: number): Promise<Write> {
  const product = { name: 'Wireless Mouse', description: '', price: 29.99, stock_quantity: value };
  const begin = performance.now();
  const response = await send(server, 'POST', '/products', product);
  const created = response.kind === 'received' && response.status === 201;
  const id = created ? productSchema.parse(response.body).id : undefined;
  return toWrite(server, { id, value, begin }, response);
}

/** Updates the value of a product. */
export async function updateProduct(server: Server, id: string, value: number): Promise<Write> {
  const begin = performance.now();
  const response = await send(server, 'PUT', `/products/${id}`, { stock_quantity: value });
  return toWrite(server, { id, value, begin }, response);
}

/** Deletes a product. */
export async function deleteProduct(server: Server, id: string): Promise<Write> {
  const begin = performance.now();
  const response = await send(server, 'DELETE', `/products/${id}`);
  return toWrite(server, { id, value: 'absent', begin }, response);
}

function toWrite(
  { name }: Server,
  intent: Pick<Write, 'id' | 'value' | 'begin'>,
  response: Received | Lost,
): Write {
  const exchange = { kind: 'write', process: name, ...intent, end: performance.now() } as const;
  if (response.kind === 'lost') {
    return { ...exchange, outcome: response };
  }
  if (response.status < 300) {
    return { ...exchange, outcome: { kind: 'acknowledged' } };
  }
  if (response.status === 404) {
    return { ...exchange, outcome: { kind: 'not-found' } };
  }
  return { ...exchange, outcome: failed(response) };
}

function failed({ status, saysRetryAfter }: Received): Failed {
  return { kind: 'failed', status, saysRetryAfter };
}

interface Received {
  readonly kind: 'received';
  readonly status: number;
  readonly cache: string | undefined;
  readonly saysRetryAfter: boolean;
  readonly body: unknown;
}

async function send(
  { baseUrl }: Server,
  method: string,
  path: string,
  body?: object,
): Promise<Received | Lost> {
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    return {
      kind: 'received',
      status: response.status,
      cache: response.headers.get('X-Cache') ?? undefined,
      saysRetryAfter: response.headers.has('Retry-After'),
      body: text === '' ? undefined : JSON.parse(text),
    };
  } catch (error) {
    return { kind: 'lost', reason: reasonOf(error) };
  }
}

/** The error of `fetch` is generic; its cause has the reason. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return String(cause);
}
