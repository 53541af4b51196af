// The least that a server on node:http can do: no validation, no log, two headers. The environment
// variable RAW_SERVER names one of the servers below.

import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis-6';
import Libsql from 'libsql';
import { cursorAfter, HOT_PRODUCTS, product, redisKey } from '../product.js';

const { PORT, RAW_SERVER = '', REDIS_URL = '', DATABASE_URL = '' } = process.env;

const servers: Readonly<Record<string, () => RequestListener>> = {
  /** The baseline: a GET for each request, whose text is passed through. */
  'raw-redis': () => {
    const redis = new Redis(REDIS_URL);
    return async ({ url }, response) => sendJson(response, await redis.get(keyOf(url)));
  },

  /** One MGET for all requests of a turn of the event loop. */
  'raw-coalesced': () => {
    const redis = new Redis(REDIS_URL);
    let waiting: { readonly key: string; readonly response: ServerResponse }[] = [];
    const respondToAll = async () => {
      const batch = waiting;
      waiting = [];
      const texts = await redis.mget(batch.map(({ key }) => key));
      for (const [index, { response }] of batch.entries()) {
        sendJson(response, texts[index]);
      }
    };
    return ({ url }, response) => {
      if (waiting.length === 0) {
        setImmediate(respondToAll);
      }
      waiting.push({ key: keyOf(url), response });
    };
  },

  /** A batch: one MGET, whose texts are joined. */
  'raw-batch': () => {
    const redis = new Redis(REDIS_URL);
    return async (request, response) => {
      if (request.method !== 'POST') {
        sendJson(response, await redis.get(keyOf(request.url)));
        return;
      }
      const { ids }: { ids: string[] } = JSON.parse(await text(request));
      const texts = await redis.mget(ids.map(redisKey));
      sendJson(response, `{"items":[${texts.join(',')}],"missing":[]}`);
    };
  },

  /** The same body for every request: the limit of node:http itself. */
  'raw-constant': () => {
    const text = JSON.stringify(product(0));
    return (_request, response) => sendJson(response, text);
  },

  /** A cache in the process at its simplest: a Map that has every product. */
  'raw-map': () => {
    const products = Array.from({ length: HOT_PRODUCTS }, (_, n) => product(n));
    const texts = new Map(products.map((each) => [redisKey(each.id), JSON.stringify(each)]));
    return ({ url }, response) => sendJson(response, texts.get(keyOf(url)));
  },

  /** A page by the driver alone: one prepared statement of libSQL and JSON.stringify. */
  'raw-list': () => {
    const statement = new Libsql(DATABASE_URL.replace(/^file:/, '')).prepare(`
      SELECT id, name, description, price_units, stock_quantity, created_at
      FROM products ORDER BY created_at, id LIMIT ?`);
    return ({ url = '' }, response) => {
      const limit = Number(new URL(url, 'http://localhost').searchParams.get('limit'));
      // The statement above selects these columns.
      const rows = statement.all(limit + 1) as {
        price_units: number;
        created_at: number;
        id: string;
      }[];
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const items = rows.slice(0, limit).map(({ created_at, price_units, ...row }) => ({
        ...row,
        price: price_units / 10_000,
      }));
      const next_cursor = last ? cursorAfter(last.created_at, last.id) : null;
      sendJson(response, JSON.stringify({ items, next_cursor }));
    };
  },
};

function keyOf(url = ''): string {
  return redisKey(url.slice('/products/'.length));
}

function sendJson(response: ServerResponse, text: string | null | undefined): void {
  if (typeof text !== 'string') {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

const listener = servers[RAW_SERVER];
if (listener === undefined) {
  throw new Error(`RAW_SERVER must be one of ${Object.keys(servers).join(', ')}`);
}
createServer(listener()).listen(Number(PORT), '127.0.0.1');
