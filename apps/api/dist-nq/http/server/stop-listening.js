import { Server as TcpServer } from 'node:net';
import { setImmediate as nextTick } from 'node:timers/promises';
/** Milliseconds that connections waiting to be accepted can delay the close of the listener. */
const QUEUE_LIMIT_MS = 1000;
/**
 * Closes a server's listener but none of its connections, not even those without a request.
 *
 * Closing the listener resets connections that the kernel has established but Node has not
 * accepted; Node accepts one in each tick of the event loop. So this function first waits for a
 * tick without an accept. Meanwhile it holds requests back: clients that got a response would open
 * new connections.
 */
export async function stopListening(server) {
    const release = holdRequests(server);
    const deadline = performance.now() + QUEUE_LIMIT_MS;
    // The rest of the current tick may be too late for an accept, so only whole ticks count.
    await nextTick();
    while ((await acceptsInOneTick(server)) && performance.now() < deadline) { }
    // The `close` of `http.Server` would also end connections that have no request yet.
    TcpServer.prototype.close.call(server);
    release();
}
/** Holds requests back from the server's listeners, and returns the function that releases them. */
function holdRequests(server) {
    const held = [];
    const listeners = server.rawListeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => held.push([request, response]));
    return () => {
        server.removeAllListeners('request');
        // These were listeners of this event; EventEmitter returns them without its types.
        for (const listener of listeners) {
            server.on('request', listener);
        }
        for (const [request, response] of held) {
            server.emit('request', request, response);
        }
    };
}
/** Waits for one tick of the event loop, and returns whether it accepted a connection. */
async function acceptsInOneTick(server) {
    let accepted = false;
    const note = () => {
        accepted = true;
    };
    server.on('connection', note);
    await nextTick();
    server.off('connection', note);
    return accepted;
}
//# sourceMappingURL=stop-listening.js.map