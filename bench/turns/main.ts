// Sends the requests with the largest responses, one at a time, and prints for how long a turn of
// the service's event loop lasts at most. It creates the products in a temporary database.
import { eventually, type RunningApi, startApi, startRedis } from '@product-api/testing';
import { Redis } from 'ioredis-6';
import { markdownTable } from '../report/markdown-table.js';

/** As many as a batch or a page can have. */
const PRODUCTS = 200;

/** The longest description in characters. */
const LENGTH = 10_000;

/** How often each request is sent. */
const TIMES = 15;

const GOAL_MS = 25;

/** Descriptions that are long in different ways: as JSON, as UTF-8 and as UTF-16. */
const descriptions = {
  'escaped characters': '\u0001'.repeat(LENGTH),
  emoji: '🐭'.repeat(LENGTH),
  letters: 'x'.repeat(LENGTH),
};

const rows: (readonly string[])[] = [];
for (const [title, description] of Object.entries(descriptions)) {
  rows.push(...(await measure(title, description)));
}
const head = ['descriptions', 'response', 'X-Cache', 'MiB', 'median ms', 'most ms', 'goal'];
console.log(markdownTable(head, rows));

/** Measures all requests with products that have this description. */
async function measure(title: string, description: string): Promise<(readonly string[])[]> {
  const redis = await startRedis();
  const cache = new Redis(redis.url);
  const meter = new URL('turn-meter.js', import.meta.url);
  const api = await startApi({
    env: {
      ...{ NODE_ENV: 'production', NODE_OPTIONS: `--import=${meter}`, SEED: 'false', WORKERS: '1' },
      ...{ REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '5000' },
    },
  });
  try {
    const product = { name: 'Mouse', description, price: 1, stock_quantity: 1 };
    const ids = await Promise.all(
      Array.from({ length: PRODUCTS }, async () => {
        const response = await post(api.baseUrl, '/products', product);
        // The service returns the product.
        return ((await response.json()) as { id: string }).id;
      }),
    );
    const getBatch = () => post(api.baseUrl, '/products/batch-get', { ids });
    const requests = {
      'batch of 200': getBatch,
      'batch of 200, uncached': async () => {
        await cache.unlink(ids.map((id) => `product:${id}`));
        return getBatch();
      },
      'page of 200': () => fetch(`${api.baseUrl}/products?limit=200`),
    };
    const rows: (readonly string[])[] = [];
    for (const [name, send] of Object.entries(requests)) {
      rows.push([title, name, ...(await longestTurns(api, send)), `≤ ${GOAL_MS}`]);
    }
    return rows;
  } finally {
    await api.stop();
    cache.disconnect();
    await redis.stop();
  }
}

/** Sends a request again and again. Returns what its response is, and its longest turns. */
async function longestTurns(
  api: RunningApi,
  send: () => Promise<Response>,
): Promise<readonly string[]> {
  await (await send()).arrayBuffer();
  let bytes = 0;
  const sources = new Set<string>();
  const turns: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await longestTurn(api);
    const response = await send();
    bytes = (await response.arrayBuffer()).byteLength;
    if (response.status !== 200) {
      throw new Error(`The response to ${response.url} has the status ${response.status}`);
    }
    sources.add(response.headers.get('X-Cache') ?? '');
    turns.push(await longestTurn(api));
  }
  turns.sort((a, b) => a - b);
  const [median = Number.NaN] = turns.slice(TIMES / 2);
  const figures = [bytes / 2 ** 20, median, turns.at(-1) ?? Number.NaN];
  return [[...sources].join(' or '), ...figures.map((each) => each.toFixed(1))];
}

/** Returns the milliseconds of the longest turn since the last call. */
async function longestTurn(api: RunningApi): Promise<number> {
  const reports = () => api.logLines().filter((line) => line.startsWith('{"longestTurnMs"'));
  const before = reports().length;
  api.kill('SIGUSR2');
  await eventually(() => {
    if (reports().length === before) {
      throw new Error('The service has not reported its longest turn');
    }
  });
  return JSON.parse(reports().at(-1) ?? '').longestTurnMs;
}

function post(baseUrl: string, path: string, body: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
