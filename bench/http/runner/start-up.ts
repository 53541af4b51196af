import type { Laboratory } from '../laboratory.js';
import type { StartUp } from '../results.js';
import { productApi } from '../servers/product-api.js';
import { startServer } from '../servers/running-server.js';

/** Starts the service again and again on a database that exists, and waits for its first answer. */
export async function measureStartUp(lab: Laboratory): Promise<StartUp[]> {
  lab.onProgress('start-up: from the start of the process to the first product');
  const results: StartUp[] = [];
  for (const products of lab.scale.sizes) {
    let server = await startServer(productApi('product-api', { products }), lab);
    try {
      const milliseconds = [server.startMs];
      while (milliseconds.length < lab.scale.starts) {
        server = await server.restart();
        milliseconds.push(server.startMs);
      }
      results.push({ products, milliseconds });
    } finally {
      await server.stop();
    }
  }
  return results;
}
