/**
 * Calls every operation of the SDK on a running service, in a project that has only the package.
 *
 * @param {typeof import('@product-api/client')} sdk
 * @param {string} baseUrl
 * @param {string} apiKey a key with the scope `admin`
 * @returns {Promise<string[]>} what happened, one entry for each operation
 */
export async function everyOperation(sdk, baseUrl, apiKey) {
  const { products, stock, changes, apiKeys, health, request } = sdk.createClient({
    baseUrl,
    apiKey,
  });
  const draft = { name: 'Lamp', description: 'Warm light', price: 12.5, stock_quantity: 3 };
  const done = [];

  const { next_cursor: after } = await changes.list();
  const lamp = await products.create(draft);
  done.push(`create ${lamp.name}`);
  done.push(`get ${(await products.get(lamp.id)).price}`);
  done.push(`update ${(await products.update(lamp.id, { price: 9.5 })).price}`);
  const { etag } = await products.withEtag.get(lamp.id);
  done.push(`get ifNoneMatch ${await products.get(lamp.id, { ifNoneMatch: etag })}`);
  const changed = await products.withEtag.update(lamp.id, { price: 8 }, { ifMatch: etag });
  done.push(`withEtag.update ${changed.etag !== etag}`);
  const { data, status } = await products.listPage({ limit: 1 }).withResponse();
  done.push(`listPage ${data.items.length} ${status}`);
  done.push(`list ${(await products.list({ sort: '-created' }).toArray({ limit: 2 })).length}`);
  done.push(`adjustStock ${(await products.adjustStock(lamp.id, 2)).stock_quantity}`);
  const lines = [{ product_id: lamp.id, delta: -1 }];
  done.push(`stock.adjust ${(await stock.adjust(lines, { reason: 'sale' })).length}`);
  done.push(`stock.ledger ${(await stock.ledger(lamp.id).toArray()).map(({ delta }) => delta)}`);
  const page = await stock.ledgerPage(lamp.id, { limit: 1 });
  done.push(`stock.ledgerPage ${page.items.length}`);
  done.push(`getMany ${(await products.getMany([lamp.id])).get(lamp.id).price}`);
  done.push(`batcher ${(await sdk.createBatcher({ products }).get(lamp.id)).price}`);
  for await (const { price } of products.export({ sort: '-created' })) {
    done.push(`export ${price}`);
    break;
  }
  done.push(`delete ${await products.delete(lamp.id)}`);
  done.push(`restore ${(await products.restore(lamp.id)).price}`);
  const history = await products.history(lamp.id).toArray({ limit: 2 });
  done.push(`history ${history.map(({ kind }) => kind)}`);
  done.push(`historyPage ${(await products.historyPage(lamp.id, { limit: 1 })).items.length}`);
  const followed = await changes.follow({ after, productId: lamp.id }).toArray({ limit: 2 });
  done.push(`follow ${followed.map(({ kind }) => kind)}`);
  const copied = new Set();
  const stop = new AbortController();
  const copying = changes.sync({
    signal: stop.signal,
    store: { load: () => undefined, save: () => stop.abort(new Error(`${copied.has(lamp.id)}`)) },
    handler: {
      async replaceAll(all) {
        for await (const { id } of all) {
          copied.add(id);
        }
      },
      put() {},
      remove() {},
    },
  });
  done.push(`sync ${await copying.catch((reason) => reason.message)}`);
  await products.delete(lamp.id);
  const tagged = await products.withEtag.create(draft);
  await products.delete(tagged.product.id, { ifMatch: tagged.etag });
  const error = await products.get(lamp.id).catch((reason) => reason);
  done.push(`error ${error instanceof sdk.NotFoundError}`);
  const made = await apiKeys.create({ name: 'shop', scopes: ['products:read'] });
  const shop = sdk.createClient({ baseUrl, apiKey: made.key });
  done.push(`apiKeys.create and self ${(await shop.apiKeys.self()).scopes}`);
  const refusal = await shop.products.create(draft).catch((reason) => reason);
  done.push(`forbidden ${refusal instanceof sdk.ForbiddenError} ${refusal.requiredScope}`);
  const { name, id } = await apiKeys.rotate(made.id, { overlap_seconds: 60 });
  done.push(`apiKeys.rotate ${name}`);
  done.push(`apiKeys.list ${(await apiKeys.list()).some((key) => key.id === id)}`);
  done.push(`apiKeys.revoke ${await apiKeys.revoke(id)}`);
  done.push(`live ${(await health.live()).status}`);
  done.push(`ready ${(await health.ready()).database}`);
  done.push(`request ${(await request({ path: '/health' })).status}`);
  return done;
}
