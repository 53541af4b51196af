import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopListening } from './stop-listening.js';

/** How a server is brought to rest. */
export interface DrainOptions {
  /** Resolves when new connections need not be taken any more, as whoever balances the load knows of the stop. */
  readonly delay: () => Promise<void>;
  /** Milliseconds that requests under way may take after that, before their connections are cut. */
  readonly timeoutMs: number;
}

/** A connection without a request may have one on its way, sent just before the stop. */
const requestTravelMs = 250;

const idleCheckMs = 20;

/**
 * Ends a server without losing a request: first every answer closes its connection, so that no client
 * sends another request on one that is about to go; then the server stops listening and waits for the rest.
 */
export async function drain(server: Server, { delay, timeoutMs }: DrainOptions): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  await delay();
  const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
  const closed = once(server, 'close');
  await stopListening(server);
  await Promise.race([closed, sleep(requestTravelMs)]);
  const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
