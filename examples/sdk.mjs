// Creates, reads, changes, sells, finds and deletes products: node examples/sdk.mjs
import { createClient, PreconditionFailedError, ValidationError } from '@product-api/client';

const { products } = createClient({
  baseUrl: process.env.CATALOG_URL ?? 'http://localhost:8080',
  apiKey: process.env.CATALOG_API_KEY, // a service without keys needs none
  onRetry: ({ url, delayMs }) => console.warn(`${url} failed: again in ${Math.round(delayMs)} ms`),
});

const mouse = await products.create({
  name: 'Wireless Mouse',
  description: 'Ergonomic wireless mouse',
  price: 29.99,
  stock_quantity: 100,
});
console.log('created', mouse.id);

// Every call can also tell about its response.
const { data, requestId, headers } = await products.get(mouse.id).withResponse();
console.log('read', data.name, 'from the cache:', headers.get('x-cache'), 'request:', requestId);

// A change based on an old version is refused.
const { etag } = await products.withEtag.get(mouse.id);
await products.update(mouse.id, { price: 24.99 }, { ifMatch: etag });
try {
  await products.update(mouse.id, { price: 19.99 }, { ifMatch: etag });
} catch (error) {
  if (!(error instanceof PreconditionFailedError)) {
    throw error;
  }
  console.log('refused: somebody else changed the price first');
}

// A sale takes pieces from the stock, which never falls below zero.
const { stock_quantity } = await products.adjustStock(mouse.id, { delta: -2, reason: 'sale' });
console.log('sold 2,', stock_quantity, 'are left');

// A validation error lists every fault.
try {
  await products.create({ name: '', description: '', price: -1, stock_quantity: 0 });
} catch (error) {
  if (!(error instanceof ValidationError)) {
    throw error;
  }
  for (const { field, message } of error.errors) {
    console.log('invalid', `${field}:`, message);
  }
}

// A search finds words, and beginnings of words.
const [found] = await products.list({ q: 'wireless mou' }).toArray({ limit: 1 });
console.log('found', found?.name);

// A loop fetches the pages that it needs.
for await (const { name, price } of products.list({ sort: '-created', in_stock: true })) {
  console.log('newest in stock:', name, price);
  break;
}

// Collect first to change what the list is sorted by, or the loop may not end.
for (const { id, name, price } of await products.list({ sort: 'price' }).toArray({ limit: 3 })) {
  const { price: raised } = await products.update(id, { price: price + 1 });
  console.log('raised', name, 'to', raised);
}

await products.delete(mouse.id);
console.log('deleted', mouse.id);
