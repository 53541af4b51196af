import { Agent, request } from 'node:http';
import { mouse } from './sample-product.js';

/** The status of a response, or `'refused'` if the service does not listen any more. */
export type Outcome = number | 'refused';

/**
 * Creates one product after the other over a keep-alive connection, until the service does not
 * listen any more.
 *
 * @param outcomes receives the outcome of each request; the last one is `'refused'`
 * @throws {Error} when the service accepted a request and did not respond to it.
 */
export async function createUntilRefused(baseUrl: string, outcomes: Outcome[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let outcome: Outcome = 201;
  while (outcome !== 'refused') {
    outcome = await create(baseUrl, agent);
    outcomes.push(outcome);
  }
  agent.destroy();
}

/** Creates a product. */
export function create(baseUrl: string, agent: Agent): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${baseUrl}/products`,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', reject);
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // A refused request never reached the service; every other error is a lost request.
      if (error.code === 'ECONNREFUSED') {
        resolve('refused');
      } else {
        reject(error);
      }
    });
    outgoing.end(JSON.stringify(mouse));
  });
}
