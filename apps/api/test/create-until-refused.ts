import { Agent, request } from 'node:http';
import { mouse } from './sample-product.js';

/** How a request ended: with a status, or refused because nobody listens any more. */
export type Outcome = number | 'refused';

/**
 * Creates one product after the other, on a connection that is kept for as long as the service likes,
 * until the service is gone.
 * @param outcomes gets the outcome of each, the refusal last
 * @throws the error of a request that was lost: it reached the service, and was not answered
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
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // What was refused never reached the service; anything else is a request lost.
      if (error.code === 'ECONNREFUSED') {
        resolve('refused');
      } else {
        reject(error);
      }
    });
    outgoing.end(JSON.stringify(mouse));
  });
}
