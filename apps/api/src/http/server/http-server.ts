import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Express, Request, Response } from 'express';
import type { HandleRequest } from '../fast-path/direct-route.js';
import { expressClasses } from '../fast-path/express-prototypes.js';
import { KEEP_ALIVE_SECONDS } from '../headers/constant-headers.js';
import { countHeader } from '../headers/count-header.js';
import { watchConnections } from '../limits/connection-watch.js';
import { ProblemError, ValidationError } from '../problems/problem-errors.js';
import { sendProblem } from '../problems/problem-response.js';
import { boundDiscarding } from './bound-discarding.js';
import { createClientErrorListener } from './client-error-listener.js';
import { createConnectListener } from './connect-listener.js';
import type { RejectedMessage } from './rejected-message.js';
import type { BeginRequest } from './request-context.js';

/** Milliseconds for a client to send the headers of a request. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Milliseconds after its headers for a client to send a whole request that is not a stream. */
const REQUEST_TIMEOUT_MS = 30_000;

/** One second more than clients are told: a request may be on its way. */
const IDLE_TIMEOUT_MS = KEEP_ALIVE_SECONDS * 1000 + 1000;

/** Milliseconds that a client may read nothing of a response. */
const STALLED_TIMEOUT_MS = 10_000;

/** Milliseconds between checks for idle and stalled connections, and for slow requests. */
const CONNECTION_CHECK_MS = 1000;

/** Milliseconds between Node's checks for headers that take too long. */
const TIMEOUT_CHECK_MS = 1000;

/** Options for the HTTP server. */
export interface HttpServerOptions {
  readonly application: Express;
  /** Handles every request of the application. */
  readonly handle: HandleRequest;
  readonly beginRequest: BeginRequest;
  /** Maximum request body in bytes. A client that sends more cannot keep its connection. */
  readonly bodyLimitBytes: number;
  /** Maximum number of open connections. Node closes further ones at once. */
  readonly maxConnections: number;
  /** Called for each message that never became a request. */
  readonly onRejected: (message: RejectedMessage) => void;
  /** Called for each connection above `maxConnections`. */
  readonly onDropped: (remoteAddress: string | undefined) => void;
  /** Called with an error that the application did not handle. The response is 500. */
  readonly onUnhandled: (error: unknown, request: Request) => void;
}

/**
 * Creates the HTTP server of an application. It bounds idle connections and slow and malformed
 * requests. It does not listen yet.
 *
 * Node would respond to some requests by itself: a missing `Host`, an unknown `Expect`, CONNECT,
 * and every fault of the parser. Here they get the service's own responses instead.
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const { application, maxConnections, onDropped, onRejected } = options;
  const listener = requestListener(options);
  const server = createServer(
    {
      ...expressClasses(application),
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      keepAliveTimeout: 0,
      // Node's own limit would end streams too.
      requestTimeout: 0,
      requireHostHeader: false,
    },
    listener,
  );
  server.on('checkContinue', (request, response) => listener(request, withInvitation(response)));
  // A server may ignore an unknown expectation (RFC 9110 §10.1.1).
  server.on('checkExpectation', listener);
  server.on('connect', createConnectListener(onRejected));
  server.maxConnections = maxConnections;
  server.on('drop', (connection) => onDropped(connection?.remoteAddress));
  watchConnections(server, {
    idleMs: IDLE_TIMEOUT_MS,
    stalledMs: STALLED_TIMEOUT_MS,
    requestMs: REQUEST_TIMEOUT_MS,
    checkEveryMs: CONNECTION_CHECK_MS,
  });
  return server.on('clientError', createClientErrorListener(onRejected));
}

function requestListener({ handle, beginRequest, bodyLimitBytes, onUnhandled }: HttpServerOptions) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    // `expressClasses` gives them Express's prototypes; the types of node:http cannot express that.
    const request = incoming as Request;
    const response = outgoing as Response;
    request.socket.latestResponse = response;
    beginRequest(request, response);
    boundDiscarding(request, response, bodyLimitBytes);
    // RFC 9112 §3.2.
    if (request.httpVersion === '1.1' && countHeader(request.rawHeaders, 'host') !== 1) {
      response.shouldKeepAlive = false;
      sendProblem(response, hostNeeded, request.id);
      return;
    }
    handle(request, response, (error?: unknown) => {
      respondToUnhandled(error, request, response);
    });
  };

  /** Responds when the application has not. Its router does not parse some request targets. */
  function respondToUnhandled(error: unknown, request: Request, response: Response): void {
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

/**
 * Lets the application send `100 Continue` when it begins to read the body. A client that got
 * another response may send its body or not, so that its connection ends.
 */
function withInvitation(response: ServerResponse): ServerResponse {
  const { shouldKeepAlive } = response;
  response.shouldKeepAlive = false;
  const inviteBody = () => {
    response.writeContinue();
    response.shouldKeepAlive = shouldKeepAlive;
  };
  return Object.assign(response, { inviteBody });
}

const hostNeeded = new ValidationError([
  { field: 'host', message: 'Host should be given once (HTTP/1.1)' },
]);

const targetInvalid = new ValidationError([
  { field: 'path', message: 'Request target should be a valid path or URL' },
]);

const unhandled = new ProblemError('internal-error', 'Internal server error');
