import { expect, test } from 'vitest';
import { changes, exported, update } from '../../test/changes-script.js';
import { mouse, problem } from '../../test/sample-data.js';
import { brokenBody, json, type Script, startScriptedServer } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { Product } from '../generated/contract.js';
import type { SyncHandler } from '../options/change-options.js';

const lamp: Product = { ...mouse, id: mouse.id.replace('3', '4'), name: 'Lamp' };
const ofLamp = { product_id: lamp.id };
const enough = new Error('enough');
const failed: Script = json(500, problem('internal-error'));

/**
 * Copies the products of a server, until it has responded with all scripts. Returns the calls of
 * the handler and the store.
 */
async function sync(scripts: readonly Script[], given: Partial<SyncHandler> = {}, cursor?: string) {
  const stop = new AbortController();
  const end: Script = (response) => {
    stop.abort(enough);
    response.destroy();
  };
  const server = await startScriptedServer(...scripts, end);
  const done: string[] = [];
  const { changes } = createClient({ baseUrl: server.baseUrl });
  const ended = changes.sync({
    signal: stop.signal,
    store: {
      load: () => cursor,
      save: (saved) => void done.push(`save ${saved}`),
    },
    handler: {
      async replaceAll(products) {
        const names: string[] = [];
        for await (const { name } of products) {
          names.push(name);
        }
        done.push(`replaceAll ${names}`);
      },
      put: ({ name }, { version }) => void done.push(`put ${name} ${version}`),
      remove: (id, { version }) => void done.push(`remove ${id === lamp.id} ${version}`),
      ...given,
    },
  });
  return { server, done, ended };
}

test('an export, and every change behind its cursor; the cursor is saved after the work', async () => {
  const { server, done, ended } = await sync([
    exported('c0', mouse, lamp),
    changes('c4', update(1, { product: mouse }), update(3, ofLamp), update(4, { product: mouse })),
    changes('c5'),
  ]);
  await expect(ended).rejects.toBe(enough);
  expect(done).toEqual([
    'replaceAll Wireless Mouse,Lamp',
    'save c0',
    // Both changes of the mouse have the same product.
    'put Wireless Mouse 4',
    'remove true 3',
    'save c4',
    'save c5',
  ]);
  expect(server.requests.slice(0, 2)).toEqual([
    'GET /exports/products?format=ndjson',
    'GET /changes?include=product&limit=200&after=c0&wait=30',
  ]);
});

test('with a cursor, it goes on there', async () => {
  const { done, ended } = await sync([changes('c8', update(8, ofLamp))], {}, 'c7');
  await expect(ended).rejects.toBe(enough);
  expect(done).toEqual(['remove true 8', 'save c8']);
});

test('after an expired cursor, it begins with an export again', async () => {
  const expired = json(410, { ...problem('changes-expired'), earliest_cursor: 'c5' });
  const { done, ended } = await sync([expired, exported('c9', lamp), changes('c10')], {}, 'c1');
  await expect(ended).rejects.toBe(enough);
  expect(done).toEqual(['replaceAll Lamp', 'save c9', 'save c10']);
});

test('an export that fails, or cannot go on behind a deleted product, begins again', async () => {
  const broken: Script = (response) => {
    response.writeHead(200, { 'changes-cursor': 'c0' });
    response.write(`${JSON.stringify(mouse)}\n`, () => response.destroy());
  };
  const gone = json(404, problem('product-not-found'));
  const { server, done, ended } = await sync([failed, broken, gone, exported('c1', lamp)]);
  await expect(ended).rejects.toBe(enough);
  expect(done).toEqual(['replaceAll Lamp', 'save c1']);
  expect(server.requests[2]).toContain(`after=${mouse.id}`);
});

test('an export that breaks goes on, and the cursor is the one of its beginning', async () => {
  const broken: Script = (response) => {
    response.writeHead(200, { 'changes-cursor': 'c0' });
    response.write(`${JSON.stringify(mouse)}\n`, () => response.destroy());
  };
  const { done, ended } = await sync([broken, brokenBody, exported('c7', lamp)]);
  await expect(ended).rejects.toBe(enough);
  expect(done).toEqual(['replaceAll Wireless Mouse,Lamp', 'save c0']);
});

test('an error of the handler ends it, and its cursor is not saved', async () => {
  const put = () => {
    throw new Error('disk full');
  };
  const page = changes('c1', update(1, { product: mouse }));
  const { done, ended } = await sync([exported('c0', mouse), page], { put });
  await expect(ended).rejects.toThrow('disk full');
  expect(done).toEqual(['replaceAll Wireless Mouse', 'save c0']);
  const replaceAll = () => Promise.reject(new Error('disk full'));
  await expect((await sync([exported('c0')], { replaceAll })).ended).rejects.toThrow('disk full');
});

test.each<[string, SyncHandler['replaceAll']]>([
  ['no product', () => {}],
  [
    'one',
    async (products) => {
      for await (const _ of products) {
        break;
      }
    },
  ],
])('a handler must read all products: %s is too few', async (_, replaceAll) => {
  const { done, ended } = await sync([exported('c0', mouse, lamp)], { replaceAll });
  await expect(ended).rejects.toThrow('replaceAll must read all products');
  expect(done).toEqual([]);
});

test('an export without a cursor is not of such a service', async () => {
  const older: Script = (response) => void response.writeHead(200).end();
  await expect((await sync([older])).ended).rejects.toMatchObject({
    name: 'UnexpectedResponseError',
    message: expect.stringContaining('Expected the header Changes-Cursor'),
  });
});

test('a 403 ends it', async () => {
  const { ended } = await sync([json(403, problem('insufficient-scope'))]);
  await expect(ended).rejects.toMatchObject({ name: 'ForbiddenError' });
});
