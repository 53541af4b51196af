import { productSchema } from '@product-api/contract';
import type { Lost, Read, Write } from '../history/operation.js';

/** Milliseconds after which a client gives up. */
const patienceMs = 5000;

/** Whom to ask. */
export interface Server {
  readonly name: string;
  readonly baseUrl: string;
}

/** Reads a product. */
export async function readProduct(server: Server, id: string): Promise<Read> {
  const begin = performance.now();
  const answer = await send(server, 'GET', `/products/${id}`);
  const exchange = {
    kind: 'read',
    process: server.name,
    id,
    begin,
    end: performance.now(),
  } as const;
  if (answer.kind === 'lost') {
    return { ...exchange, outcome: answer };
  }
  const { status, cache, body } = answer;
  if (status === 404) {
    return { ...exchange, outcome: { kind: 'found', value: 'absent', cache } };
  }
  if (status !== 200) {
    return { ...exchange, outcome: { kind: 'failed', status } };
  }
  const { stock_quantity: value } = productSchema.parse(body);
  return { ...exchange, outcome: { kind: 'found', value, cache } };
}

/** Creates a product with a value. */
export async function createProduct(server: Server, value: number): Promise<Write> {
  const product = { name: 'Wireless Mouse', description: '', price: 29.99, stock_quantity: value };
  const begin = performance.now();
  const answer = await send(server, 'POST', '/products', product);
  const created = answer.kind === 'answered' && answer.status === 201;
  const id = created ? productSchema.parse(answer.body).id : undefined;
  return write(server, { id, value, begin }, answer);
}

/** Gives a product a value. */
export async function updateProduct(server: Server, id: string, value: number): Promise<Write> {
  const begin = performance.now();
  const answer = await send(server, 'PUT', `/products/${id}`, { stock_quantity: value });
  return write(server, { id, value, begin }, answer);
}

/** Deletes a product. */
export async function deleteProduct(server: Server, id: string): Promise<Write> {
  const begin = performance.now();
  const answer = await send(server, 'DELETE', `/products/${id}`);
  return write(server, { id, value: 'absent', begin }, answer);
}

function write(
  { name }: Server,
  intent: Pick<Write, 'id' | 'value' | 'begin'>,
  answer: Answer,
): Write {
  const exchange = { kind: 'write', process: name, ...intent, end: performance.now() } as const;
  if (answer.kind === 'lost') {
    return { ...exchange, outcome: answer };
  }
  if (answer.status < 300) {
    return { ...exchange, outcome: { kind: 'acknowledged' } };
  }
  if (answer.status === 404) {
    return { ...exchange, outcome: { kind: 'not-there' } };
  }
  return { ...exchange, outcome: { kind: 'failed', status: answer.status } };
}

type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly cache: string | undefined;
      readonly body: unknown;
    }
  | Lost;

async function send(
  { baseUrl }: Server,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      signal: AbortSignal.timeout(patienceMs),
      ...(body && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    return {
      kind: 'answered',
      status: response.status,
      cache: response.headers.get('X-Cache') ?? undefined,
      body: text === '' ? undefined : JSON.parse(text),
    };
  } catch (error) {
    return { kind: 'lost', reason: reasonOf(error) };
  }
}

/** What `fetch` throws says little; its cause says more. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return String(cause);
}
