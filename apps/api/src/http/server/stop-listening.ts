import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** For so long, in milliseconds, connections that wait to be accepted may keep the listener open. */
const queueLimitMs = 1000;

/**
 * Closes a server's listener, and only that: connections stay, those without a request too.
 *
 * Closing resets the connections that the kernel has made and Node, which accepts one in a turn of the
 * event loop, has not. So it waits for a turn that finds none; meanwhile requests are held, as clients
 * that are answered would come back with new connections.
 */
export async function stopListening(server: Server): Promise<void> {
  const release = holdRequests(server);
  const deadline = performance.now() + queueLimitMs;
  // What is left of this turn may be too late for an accept: only turns from their beginning count.
  await nextTurn();
  while ((await acceptsInOneTurn(server)) && performance.now() < deadline) {}
  // The `close` of `http.Server` would also end the connections that have no request yet.
  TcpServer.prototype.close.call(server);
  release();
}

/** Keeps requests from the server's listeners until the function in the answer is called. */
function holdRequests(server: Server): () => void {
  const held: [IncomingMessage, ServerResponse][] = [];
  const listeners = server.rawListeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => held.push([request, response]));
  return () => {
    server.removeAllListeners('request');
    // They were this event's listeners before; EventEmitter types them by no event in particular.
    for (const listener of listeners) {
      server.on('request', listener as () => void);
    }
    for (const [request, response] of held) {
      server.emit('request', request, response);
    }
  };
}

/** Lets the event loop make one turn; tells whether a connection was accepted in it. */
async function acceptsInOneTurn(server: Server): Promise<boolean> {
  let accepted = false;
  const note = () => {
    accepted = true;
  };
  server.on('connection', note);
  await nextTurn();
  server.off('connection', note);
  return accepted;
}
