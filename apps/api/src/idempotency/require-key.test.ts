import { once } from 'node:events';
import { createServer } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { ProblemError } from '../http/problems/problem-errors.js';
import { sendProblem } from '../http/problems/problem-response.js';
import { IdempotencyKeyMissingError } from './idempotency-errors.js';
import { requireKey } from './require-key.js';

test('a write without a key is a 400 that names the header', async () => {
  const respond: ErrorRequestHandler = (error, _request, response, _next) => {
    expect(error).toBeInstanceOf(IdempotencyKeyMissingError);
    const { kind, message, errors } = error;
    sendProblem(response, new ProblemError(kind, message, { errors }), 'request-1');
  };
  const app = express();
  app.post('/', requireKey, (_request, response) => void response.status(204).end());
  app.use(respond);
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const refused = await fetch(url, { method: 'POST' });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    type: 'urn:product-api:problem:idempotency-key-missing',
    errors: [{ field: 'idempotency-key', message: 'Field required' }],
  });
  const taken = await fetch(url, { method: 'POST', headers: { 'Idempotency-Key': '"a"' } });
  expect(taken.status).toBe(204);
});
