import { createServer, type Server } from 'node:http';
import type { Express, Request, Response } from 'express';
import { answerClientError } from './client-error.js';
import { KEEP_ALIVE_SECONDS } from './constant-headers.js';
import { classesOf } from './express-prototypes.js';
import { endIdleConnections } from './idle-connections.js';
import type { BeginRequest } from './request-context.js';

/** Milliseconds a client may take to send a request's headers. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Milliseconds a client may take to send a whole request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** More than clients are told, as a request may be on its way. */
const IDLE_TIMEOUT_MS = KEEP_ALIVE_SECONDS * 1000 + 1000;

/** How often, in milliseconds, it is looked for connections on which nothing happens. */
const IDLE_CHECK_MS = 5000;

/** How often, in milliseconds, Node looks for connections that exceed the timeouts. */
const TIMEOUT_CHECK_MS = 1000;

/**
 * Makes the HTTP server of an application, with bounds on idle connections and on slow and malformed
 * requests; it does not listen yet. The application has to answer every request and error itself: that
 * Express would do it costs a closure for each request.
 */
export function createHttpServer(application: Express, beginRequest: BeginRequest): Server {
  const server = createServer(
    {
      ...classesOf(application),
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      keepAliveTimeout: 0,
      requestTimeout: REQUEST_TIMEOUT_MS,
    },
    (message, answer) => {
      // Their prototypes are Express's, which the types of node:http cannot tell.
      const request = message as Request;
      const response = answer as Response;
      beginRequest(request, response);
      application(request, response, neverReached);
    },
  );
  endIdleConnections(server, { idleMs: IDLE_TIMEOUT_MS, lookEveryMs: IDLE_CHECK_MS });
  return server.on('clientError', answerClientError);
}

function neverReached(): never {
  throw new Error('The application left a request without an answer');
}
