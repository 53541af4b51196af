// The least that a server on node:http can do: no validation, no log, two headers. The environment
// variable RAW_SERVER names one of the servers below.
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { Redis } from 'ioredis-6';
import Libsql from 'libsql';
import { HOT_PRODUCTS, product, productId } from '../product.js';

const redisUrl = process.env['REDIS_URL'] ?? '';

const servers: Readonly<Record<string, () => RequestListener>> = {
  /** The baseline: a GET for each request, whose text is passed through. */
  'raw-redis': () => {
    const redis = new Redis(redisUrl);
    return async (request, response) => {
      sendJson(response, await redis.get(`product:${idOf(request.url)}`));
    };
  },

  /** One MGET for all requests of a turn of the event loop. */
  'raw-coalesced': () => {
    const redis = new Redis(redisUrl);
    let waiting: { readonly key: string; readonly response: ServerResponse }[] = [];
    const respondToAll = async () => {
      const batch = waiting;
      waiting = [];
      const texts = await redis.mget(batch.map(({ key }) => key));
      for (const [index, { response }] of batch.entries()) {
        sendJson(response, texts[index] ?? null);
      }
    };
    return (request, response) => {
      if (waiting.length === 0) {
        setImmediate(respondToAll);
      }
      waiting.push({ key: `product:${idOf(request.url)}`, response });
    };
  },

  /** The same body for every request: the limit of node:http itself. */
  'raw-constant': () => {
    const text = JSON.stringify(product(0));
    return (_request, response) => sendJson(response, text);
  },

  /** A cache in the process at its simplest: a Map that has every product. */
  'raw-map': () => {
    const texts = new Map(
      Array.from({ length: HOT_PRODUCTS }, (_, n) => [productId(n), JSON.stringify(product(n))]),
    );
    return (request, response) => sendJson(response, texts.get(idOf(request.url)) ?? null);
  },

  /** A page by the driver alone: one prepared statement of libSQL and JSON.stringify. */
  'raw-list': () => {
    const statement = new Libsql(process.env['DATABASE_URL']?.replace(/^file:/, '') ?? '').prepare(`
      SELECT id, name, description, price_units, stock_quantity, created_at
      FROM products ORDER BY created_at, id LIMIT ?`);
    return (request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const limit = Number(searchParams.get('limit'));
      // The statement above selects these columns.
      const rows = statement.all(limit + 1) as Row[];
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const items = rows.slice(0, limit).map(({ created_at, price_units, ...row }) => ({
        ...row,
        price: price_units / 10_000,
      }));
      const cursor = last && JSON.stringify(['created', last.created_at, last.id]);
      const next_cursor = cursor === undefined ? null : Buffer.from(cursor).toString('base64url');
      sendJson(response, JSON.stringify({ items, next_cursor }));
    };
  },
};

interface Row {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly price_units: number;
  readonly stock_quantity: number;
  readonly created_at: number;
}

function idOf(url = ''): string {
  return url.slice('/products/'.length);
}

function sendJson(response: ServerResponse, text: string | null): void {
  if (text === null) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

const listener = servers[process.env['RAW_SERVER'] ?? ''];
if (listener === undefined) {
  throw new Error(`RAW_SERVER must be one of ${Object.keys(servers).join(', ')}`);
}
createServer(listener()).listen(Number(process.env['PORT']), '127.0.0.1');
