// Changes of stock without adjustments: clients of the built service read a product and write its
// quantity with If-Match, until nobody else has changed it meanwhile. The service runs on the core
// of this program. A round is printed as JSON. Arguments: the number of clients, the number of
// products, the number of the first call, the count, and the seconds of the round.
import { fileURLToPath } from 'node:url';
import { freePort, startServerProcess } from '@product-api/testing';
import { productId } from '../product.js';
import { callsOfArguments, measureCalls } from './measure-calls.js';

const [clients = '', products = ''] = process.argv.slice(2);
const port = String(await freePort());
const url = `http://127.0.0.1:${port}/products`;
const server = await startServerProcess({
  name: 'api',
  program: process.execPath,
  args: [fileURLToPath(new URL('../../../../apps/api/dist/main.js', import.meta.url))],
  cwd: process.cwd(),
  env: { ...process.env, PORT: port, LOG_LEVEL: 'error' },
  isReady: async () => (await fetch(`${url}/${productId(0)}`)).ok,
});

/** Adds a piece to the stock of a product. */
async function addPiece(id: string): Promise<void> {
  for (;;) {
    const read = await fetch(`${url}/${id}`);
    // The service returns a product.
    const { stock_quantity } = (await read.json()) as { stock_quantity: number };
    const written = await fetch(`${url}/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': read.headers.get('etag') ?? '' },
      body: JSON.stringify({ stock_quantity: stock_quantity + 1 }),
    });
    await written.arrayBuffer();
    if (written.ok) {
      return;
    }
  }
}

const round = await measureCalls(callsOfArguments(), async (next) => {
  const adjust = async () => {
    for (let n = next(); n !== undefined; n = next()) {
      await addPiece(productId(n % Number(products)));
    }
  };
  await Promise.all(Array.from({ length: Number(clients) }, adjust));
});
server.signal('SIGTERM');
await server.exit;
process.stdout.write(JSON.stringify(round));
