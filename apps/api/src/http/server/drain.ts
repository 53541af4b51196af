import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopListening } from './stop-listening.js';

/** Options for draining a server. */
export interface DrainOptions {
  /** Resolves once the load balancer has had time to stop sending new connections. */
  readonly delay: () => Promise<void>;
  /**
   * Milliseconds that requests in flight may take after the delay, before their connections are
   * cut.
   */
  readonly timeoutMs: number;
  /** Ends the connections on which no byte has arrived. */
  readonly endUnused: () => void;
}

/**
 * Milliseconds that a request may be on its way on an idle connection, sent just before the stop.
 */
const REQUEST_TRAVEL_MS = 250;

/**
 * Milliseconds for the first request of a connection to begin. It is longer, because under load
 * every client has such a connection: each response closes the one before.
 */
const FIRST_REQUEST_MS = 1000;

const IDLE_CHECK_MS = 20;

/**
 * Ends a server without losing a request. First, every response closes its connection, so that no
 * client sends a request on a connection that is about to close. After the delay, the server stops
 * listening and waits for the requests in flight.
 */
export async function drain(
  server: Server,
  { delay, timeoutMs, endUnused }: DrainOptions,
): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  await delay();
  const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
  const closed = once(server, 'close');
  await stopListening(server);
  const unused = setTimeout(endUnused, FIRST_REQUEST_MS);
  await Promise.race([closed, sleep(REQUEST_TRAVEL_MS)]);
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(unused);
  clearTimeout(cut);
}
