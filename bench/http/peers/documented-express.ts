// The service as the documentation of its libraries shows it: ready-made middleware, and a handler
// that parses the text from Redis and passes the product to ts-rest, which validates and serializes
// it.
// biome-ignore-start lint/style/noRestrictedImports: The documentation declares the contract beside the server.
import { initContract } from '@ts-rest/core';
import { createExpressEndpoints, initServer } from '@ts-rest/express';
// biome-ignore-end lint/style/noRestrictedImports: see above.
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import { Redis } from 'ioredis-6';
import { pinoHttp } from 'pino-http';
import { z } from 'zod';

const redis = new Redis(process.env['REDIS_URL'] ?? '');

const productSchema = z.object({
  id: z.string().uuid(),
  name: z.string(),
  description: z.string(),
  price: z.number(),
  stock_quantity: z.number().int(),
});

const contract = initContract().router({
  get: {
    method: 'GET',
    path: '/products/:id',
    pathParams: z.object({ id: z.string().uuid() }),
    responses: { 200: productSchema, 404: z.object({ detail: z.string() }) },
  },
});

const router = initServer().router(contract, {
  get: async ({ params: { id } }) => {
    const text = await redis.get(`product:${id}`);
    if (text === null) {
      return { status: 404, body: { detail: 'Product not found' } };
    }
    return { status: 200, body: JSON.parse(text) };
  },
});

const app = express();
app.use(helmet());
app.use(cors());
app.use(pinoHttp());
app.use(express.json());
createExpressEndpoints(contract, router, app, { logInitialization: false });
app.listen(Number(process.env['PORT']), '127.0.0.1');
