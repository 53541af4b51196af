// Keeps a copy of all products with the SDK, until it is killed. The parent process has the copy
// and the cursor: each message is a step of the copy, and a kill cuts their order anywhere.
//
// Arguments: the address of the service, and the cursor to go on with, if there is one.
import { createClient } from '@product-api/client';

const [baseUrl, cursor] = process.argv.slice(2);

/** Hands a step to the operating system, which also delivers it if this process is killed. */
function send(message) {
  return new Promise((resolve, reject) => {
    process.send(message, (error) => (error ? reject(error) : resolve()));
  });
}

/** Sends a request, and reports the changes of its response. */
async function reportedFetch(input, init) {
  const response = await fetch(input, init);
  const url = new URL(input);
  if (url.pathname === '/changes' && response.ok) {
    const { items } = await response.clone().json();
    await send({ kind: 'page', after: url.searchParams.get('after'), items });
  } else if (!response.ok) {
    await send({ kind: 'failure', status: response.status });
  }
  return response;
}

const { changes } = createClient({ baseUrl, fetch: reportedFetch });

await changes.sync({
  store: {
    load: () => cursor,
    save: (next) => send({ kind: 'cursor', cursor: next }),
  },
  handler: {
    async replaceAll(products) {
      const all = [];
      for await (const product of products) {
        all.push(product);
      }
      await send({ kind: 'all', products: all });
    },
    put: (product, change) => send({ kind: 'change', change: { ...change, product } }),
    remove: (_id, change) => send({ kind: 'change', change }),
  },
});
