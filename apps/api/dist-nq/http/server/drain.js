import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopListening } from './stop-listening.js';
/**
 * Milliseconds that a request may be on its way on an idle connection, sent just before the stop.
 */
const REQUEST_TRAVEL_MS = 250;
const IDLE_CHECK_MS = 20;
/**
 * Ends a server without losing a request. First, every response closes its connection, so that no
 * client sends a request on a connection that is about to close. After the delay, the server stops
 * listening and waits for the requests in flight.
 */
export async function drain(server, { delay, timeoutMs }) {
    server.prependListener('request', (_request, response) => {
        response.shouldKeepAlive = false;
    });
    await delay();
    const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
    const closed = once(server, 'close');
    await stopListening(server);
    await Promise.race([closed, sleep(REQUEST_TRAVEL_MS)]);
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    await closed;
    clearInterval(idle);
    clearTimeout(cut);
}
//# sourceMappingURL=drain.js.map