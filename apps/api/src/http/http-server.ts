import { createServer, type RequestListener, type Server } from 'node:http';
import { answerClientError } from './client-error.js';

/** Milliseconds a client may take to send a request's headers. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Milliseconds a client may take to send a whole request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Longer than the idle timeout of common load balancers (60 s), which would otherwise meet a closed connection. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** How often, in milliseconds, Node looks for connections that exceed the timeouts. */
const TIMEOUT_CHECK_MS = 1000;

/** Makes the HTTP server of an application, with bounds on slow and malformed requests; it does not listen yet. */
export function createHttpServer(application: RequestListener): Server {
  const server = createServer(
    {
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
    },
    application,
  );
  return server.on('clientError', answerClientError);
}
