// A server in front of the catalog, with paths of its own: node examples/express-proxy.mjs
import { createClient, ForbiddenError, ProblemError, UnauthorizedError } from '@product-api/client';
import express from 'express';

const { products } = createClient({
  baseUrl: process.env.CATALOG_URL ?? 'http://localhost:8080',
  apiKey: process.env.CATALOG_API_KEY,
  timeoutMs: 3000,
});
const app = express();

app.get('/shop/products', async (request, response) => {
  const cursor = request.query.cursor?.toString();
  const page = await products.listPage({ in_stock: true, limit: 20, cursor }, perVisit(request));
  response.json(page);
});

app.get('/shop/products/:id', async (request, response) => {
  response.json(await products.get(request.params.id, perVisit(request)));
});

// Orders one piece. Two visitors never buy the same last piece: the second one gets 409 from the
// catalog. An order goes on when its visitor leaves.
app.post('/shop/products/:id/orders', async (request, response) => {
  const order = { delta: -1, reason: 'sale' };
  const product = await products.adjustStock(request.params.id, order);
  response.status(201).json({ ordered: product.name, price: product.price });
});

// Passes on what the visitor can change (4xx), and reports any other failure as 502. A refused API
// key is a fault of this server, not of the visitor.
/** @type {express.ErrorRequestHandler} */
const passOn = (error, _request, response, next) => {
  const isKeyRefused = error instanceof UnauthorizedError || error instanceof ForbiddenError;
  if (response.closed || response.headersSent) {
    next(error);
  } else if (error instanceof ProblemError && error.status < 500 && !isKeyRefused) {
    response.status(error.status).type('application/problem+json').json(error.problem);
  } else {
    console.error(error);
    response.status(502).json({ title: 'The catalog does not respond' });
  }
};
app.use(passOn);

/**
 * The options of a call for a visitor: it ends when the visitor leaves, and both logs have one id.
 *
 * @param {express.Request} request
 */
function perVisit(request) {
  const visit = new AbortController();
  request.res?.once('close', () => visit.abort());
  const id = request.get('x-request-id');
  return { signal: visit.signal, headers: id === undefined ? {} : { 'x-request-id': id } };
}

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  console.log(`http://127.0.0.1:${port}/shop/products`);
});
