// Hono on Node.js: the text from Redis is passed through, without validation and log.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Redis } from 'ioredis-6';

const redis = new Redis(process.env['REDIS_URL'] ?? '');

const app = new Hono().get('/products/:id', async (context) => {
  const text = await redis.get(`product:${context.req.param('id')}`);
  if (text === null) {
    return context.body(null, 404);
  }
  return context.body(text, 200, { 'Content-Type': 'application/json; charset=utf-8' });
});
serve({ fetch: app.fetch, port: Number(process.env['PORT']), hostname: '127.0.0.1' });
