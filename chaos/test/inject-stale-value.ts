import { eventually } from '@product-api/testing';
import { type History, withoutFaults } from '../src/history/history.js';
import type { Operation } from '../src/history/operation.js';
import type { Subject } from '../src/subject/subject.js';
import { createProduct, readProduct, updateProduct } from '../src/workload/product-requests.js';

/**
 * Creates a product with the value 1, updates it to 2, stores the old text in Redis again, and
 * reads until the update is older than `ageMs`.
 */
export async function injectStaleValue(subject: Subject, ageMs: number): Promise<History> {
  const [server] = subject.processes;
  const operations: Operation[] = [];
  const record = <T extends Operation>(operation: T) => {
    operations.push(operation);
    return operation;
  };
  const id = String(record(await createProduct(server, 1)).id);
  const key = `product:${id}`;
  const oldText = await eventually(async () => {
    // On a busy machine, the first reads may bypass Redis, and store nothing.
    record(await readProduct(server, id));
    const text = await subject.redis.command('GET', key);
    return typeof text === 'string' && text;
  });
  const update = record(await updateProduct(server, id, 2));

  await eventually(async () => {
    // Repeatedly, because the relay may still delete the key when it applies the update.
    await subject.redis.command('SET', key, oldText);
    return record(await readProduct(server, id)).begin > update.end + ageMs;
  });
  return { ...withoutFaults, operations };
}
