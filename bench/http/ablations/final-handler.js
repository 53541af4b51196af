// Instead of apps/api/dist/http/http-server.js: Express makes a handler for each request, for what
// the application might leave without an answer.
import { createServer } from 'node:http';
import { answerClientError } from './client-error.js';
import { classesOf } from './express-prototypes.js';
import { endIdleConnections } from './idle-connections.js';

export function createHttpServer(application, beginRequest) {
  const options = {
    ...classesOf(application),
    connectionsCheckingInterval: 1000,
    headersTimeout: 10_000,
    keepAliveTimeout: 0,
    requestTimeout: 30_000,
  };
  const server = createServer(options, (request, response) => {
    beginRequest(request, response);
    application(request, response);
  });
  endIdleConnections(server, { idleMs: 66_000, lookEveryMs: 5000 });
  return server.on('clientError', answerClientError);
}
