// A Fastify server with the features of the service: the same headers on every response, an entity
// tag, a request id, one log line for each request, and validated parameters.
import { randomUUID } from 'node:crypto';
import etag from '@fastify/etag';
import Fastify from 'fastify';
import { Redis } from 'ioredis-6';
import { destination } from 'pino';

const securityHeaders = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

const idParameter = {
  type: 'object',
  required: ['id'],
  properties: {
    id: {
      type: 'string',
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
    },
  },
};

const redis = new Redis(process.env['REDIS_URL'] ?? '');
const app = Fastify({
  logger: { stream: destination({ dest: 1, sync: false }) },
  // Fastify writes two lines for each request; the hook below writes one, as the service does.
  disableRequestLogging: true,
  genReqId: () => randomUUID(),
  requestIdHeader: 'x-request-id',
});

await app.register(etag);
app.addHook('onRequest', async (request, reply) => {
  reply.headers(securityHeaders).header('X-Request-Id', request.id);
});
app.addHook('onResponse', async (request, reply) => {
  const { id, method, url } = request;
  const entry = {
    request_id: id,
    method,
    path: url,
    status: reply.statusCode,
    cache: reply.getHeader('X-Cache'),
    duration_ms: reply.elapsedTime,
  };
  app.log.info(entry, 'request');
});

app.get<{ Params: { id: string } }>(
  '/products/:id',
  { schema: { params: idParameter } },
  async (request, reply) => {
    const text = await redis.get(`product:${request.params.id}`);
    if (text === null) {
      return reply.code(404).send();
    }
    return reply.header('X-Cache', 'HIT').type('application/json; charset=utf-8').send(text);
  },
);
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
