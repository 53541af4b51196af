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

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
const id = { type: 'string', pattern: UUID };
const schema = { params: { type: 'object', required: ['id'], properties: { id } } };

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
  const { id: request_id, method, url: path } = request;
  const { statusCode: status, elapsedTime: duration_ms } = reply;
  const cache = reply.getHeader('X-Cache');
  app.log.info({ request_id, method, path, status, cache, duration_ms }, 'request');
});
app.get<{ Params: { id: string } }>('/products/:id', { schema }, async (request, reply) => {
  const text = await redis.get(`product:${request.params.id}`);
  if (text === null) {
    return reply.code(404).send();
  }
  return reply.header('X-Cache', 'HIT').type('application/json; charset=utf-8').send(text);
});
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
