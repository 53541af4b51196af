import { expect, test } from 'vitest';
import { mouse } from '../../test/sample-data.js';
import { json, startScriptedServer } from '../../test/scripted-server.js';
import { createBatcher } from '../create-batcher.js';
import { createClient } from '../create-client.js';

const OTHER_ID = '00000000-0000-4000-8000-000000000000';

const batch = (items: readonly object[], missing: readonly string[] = []) =>
  json(200, { items, missing });

test('getMany returns products by the ids as they were given', async () => {
  const server = await startScriptedServer(batch([mouse], [OTHER_ID]));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const found = await products.getMany([mouse.id, OTHER_ID, mouse.id.toUpperCase()]);
  expect(found).toEqual(
    new Map([
      [mouse.id, mouse],
      [mouse.id.toUpperCase(), mouse],
    ]),
  );
  expect(server.requests).toEqual(['POST /products/batch-get']);
});

test('getMany sends each id once, 200 in a request, and nothing for no ids', async () => {
  const server = await startScriptedServer(batch([]));
  const { products } = createClient({ baseUrl: server.baseUrl });
  await products.getMany([]);
  expect(server.requests).toEqual([]);
  const ids = Array.from({ length: 450 }, (_, index) => `id ${index}`);
  await products.getMany([...ids, ...ids]);
  expect(server.requests).toHaveLength(3);
});

test('getMany is retried, because it only reads', async () => {
  const server = await startScriptedServer(json(503, {}), batch([mouse]));
  const { products } = createClient({ baseUrl: server.baseUrl, retry: { baseDelayMs: 1 } });
  expect((await products.getMany([mouse.id])).get(mouse.id)).toEqual(mouse);
  expect(server.requests).toHaveLength(2);
});

test('getMany refuses a response that does not match the contract', async () => {
  const server = await startScriptedServer(batch([{ ...mouse, price: '1' }]));
  const { products } = createClient({ baseUrl: server.baseUrl });
  await expect(products.getMany([mouse.id])).rejects.toThrow('does not match the contract');
});

test('a batcher sends the reads of one turn of the event loop together', async () => {
  const server = await startScriptedServer(batch([mouse], [OTHER_ID]));
  const batcher = createBatcher(createClient({ baseUrl: server.baseUrl }));
  const later = Promise.resolve().then(() => batcher.get(mouse.id));
  const reads = [batcher.get(mouse.id), batcher.get(OTHER_ID), later];
  expect(await Promise.all(reads)).toEqual([mouse, undefined, mouse]);
  expect(server.requests).toHaveLength(1);
  await batcher.get(mouse.id);
  expect(server.requests).toHaveLength(2);
});

test('all reads of a batch fail with it, and the next batch is sent again', async () => {
  const server = await startScriptedServer(json(500, {}), batch([mouse]));
  const batcher = createBatcher(createClient({ baseUrl: server.baseUrl }));
  const reads = await Promise.allSettled([batcher.get(mouse.id), batcher.get(OTHER_ID)]);
  expect(reads.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await batcher.get(mouse.id)).toEqual(mouse);
});
