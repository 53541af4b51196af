import { eventually } from '@product-api/testing';
import type { Deployment } from '../src/deployment/deployment.js';
import { type History, untroubled } from '../src/history/history.js';
import type { Operation } from '../src/history/operation.js';
import { createProduct, readProduct, updateProduct } from '../src/traffic/product-requests.js';

/**
 * Gives a product the value 1 and then 2, puts the text with 1 back into Redis by hand, and reads
 * until the update is older than `ageMs`.
 */
export async function plantOldValue(deployment: Deployment, ageMs: number): Promise<History> {
  const [server] = deployment.processes;
  const operations: Operation[] = [];
  const record = <T extends Operation>(operation: T) => {
    operations.push(operation);
    return operation;
  };
  const id = String(record(await createProduct(server, 1)).id);
  record(await readProduct(server, id));
  const key = `product:${id}`;
  const oldText = String(await deployment.redis.command('GET', key));
  const update = record(await updateProduct(server, id, 2));

  await eventually(async () => {
    // Again and again, because the relay may still remove it on account of the update.
    await deployment.redis.command('SET', key, oldText);
    return record(await readProduct(server, id)).begin > update.end + ageMs;
  });
  return { ...untroubled, operations };
}
