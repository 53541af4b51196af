import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express, Request, Response } from 'express';
import { keepAliveSeconds } from '../fast-path/constant-headers.js';
import { classesOf } from '../fast-path/express-prototypes.js';
import { watchConnections } from '../limits/connection-watch.js';
import { ProblemError } from '../problems/problem-error.js';
import { sendProblem } from '../problems/send-problem.js';
import { ValidationError } from '../problems/validation-error.js';
import type { BeginRequest } from '../request-context.js';
import { createClientErrorListener } from './client-error.js';
import { type RejectedMessage, rejectMessage } from './rejected-message.js';

/** Milliseconds a client may take to send a request's headers. */
const headersTimeoutMs = 10_000;

/** Milliseconds a client may take to send a whole request. */
const requestTimeoutMs = 30_000;

/** More than clients are told, as a request may be on its way. */
const idleTimeoutMs = keepAliveSeconds * 1000 + 1000;

/** Milliseconds for which a client may take nothing of a response. */
const stalledTimeoutMs = 10_000;

/** Milliseconds between two checks for idle and stalled connections. */
const connectionCheckMs = 1000;

/** How often, in milliseconds, Node looks for connections that exceed the timeouts. */
const timeoutCheckMs = 1000;

/** What the server works with. */
export interface HttpServerOptions {
  readonly application: Express;
  readonly beginRequest: BeginRequest;
  /** The largest request body, in bytes: a client that announces more is not told to continue. */
  readonly bodyLimitBytes: number;
  /** Connections at a time; more are closed as soon as they are accepted. */
  readonly maxConnections: number;
  /** Called for each message that never became a request. */
  readonly onRejected: (message: RejectedMessage) => void;
  /** Called for each connection above `maxConnections`. */
  readonly onDropped: (remoteAddress: string | undefined) => void;
  /** Called with an error that the application did not handle; the client gets a 500. */
  readonly onUnhandled: (error: unknown, request: Request) => void;
}

/**
 * Creates the HTTP server of an application, with bounds on idle connections and on slow and malformed
 * requests; it does not listen yet.
 *
 * What Node would answer by itself goes through the application's own response form: a missing `Host`,
 * an `Expect` that Node does not know, CONNECT, and every fault of the parser.
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const { application, bodyLimitBytes, maxConnections, onDropped, onRejected } = options;
  const handle = requestListener(options);
  const server = createServer(
    {
      ...classesOf(application),
      connectionsCheckingInterval: timeoutCheckMs,
      headersTimeout: headersTimeoutMs,
      keepAliveTimeout: 0,
      requestTimeout: requestTimeoutMs,
      requireHostHeader: false,
    },
    handle,
  );
  server.on('checkContinue', (request, response) => {
    if (!(Number(request.headers['content-length']) > bodyLimitBytes)) {
      response.writeContinue();
    }
    handle(request, response);
  });
  // A server may ignore an expectation that it does not know (RFC 9110 §10.1.1).
  server.on('checkExpectation', handle);
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    const requestId = rejectMessage(socket, connectRefused);
    const { status, message: detail } = connectRefused;
    const { remoteAddress } = socket;
    onRejected({ requestId, status, code: 'CONNECT', detail, remoteAddress });
  });
  server.maxConnections = maxConnections;
  server.on('drop', (connection) => onDropped(connection?.remoteAddress));
  watchConnections(server, {
    idleMs: idleTimeoutMs,
    stalledMs: stalledTimeoutMs,
    checkEveryMs: connectionCheckMs,
  });
  return server.on('clientError', createClientErrorListener(onRejected));
}

const connectRefused = new ProblemError('method-not-allowed', 'This service is not a proxy', {
  headers: { Allow: '' },
});

function requestListener({ application, beginRequest, onUnhandled }: HttpServerOptions) {
  return (message: IncomingMessage, answer: ServerResponse): void => {
    // Their prototypes are Express's, which the types of node:http cannot tell.
    const request = message as Request;
    const response = answer as Response;
    request.socket.latestResponse = response;
    beginRequest(request, response);
    if (request.httpVersion === '1.1' && !hasOneHost(request.rawHeaders)) {
      response.shouldKeepAlive = false;
      sendProblem(response, hostNeeded, request.id);
      return;
    }
    application(request, response, (error?: unknown) => {
      respondAtLast(error, request, response);
    });
  };

  /** Responds where the application has not: the router does not even parse some request targets. */
  function respondAtLast(error: unknown, request: Request, response: Response): void {
    try {
      if (error !== undefined) {
        onUnhandled(error, request);
      }
      if (response.headersSent) {
        request.socket.destroy();
      } else {
        sendProblem(response, error === undefined ? targetInvalid : unhandled, request.id);
      }
    } catch {
      request.socket.destroy();
    }
  }
}

/** One `Host` is needed, and no more (RFC 9112 §3.2). Names and values alternate in the list. */
function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') {
      hosts += 1;
    }
  }
  return hosts === 1;
}

const hostNeeded = new ValidationError([
  { field: 'host', message: 'Host should be given once (HTTP/1.1)' },
]);

const targetInvalid = new ValidationError([
  { field: 'path', message: 'Request target should be a valid path or URL' },
]);

const unhandled = new ProblemError('internal-error', 'Internal server error');
