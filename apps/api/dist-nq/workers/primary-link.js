import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '../concurrency/deferred.js';
/**
 * Milliseconds to wait for the primary's reply. The primary itself waits half of that for workers.
 */
const COLLECT_LIMIT_MS = 1000;
/** Milliseconds to wait until a message is sent: a primary that hangs reads none. */
const SEND_LIMIT_MS = 1000;
/** Milliseconds to wait for the primary to close the channel, after it should have. */
const DISCONNECT_MARGIN_MS = 1000;
/** A worker's channel to the primary, and through it to the other workers. */
export class PrimaryLink {
    #collections = new Map();
    #ended = deferred();
    #mayStopListening = Promise.resolve();
    #lastId = 0;
    constructor(handlers) {
        process.once('disconnect', () => {
            this.#ended.resolve();
            handlers.disconnected();
        });
        // Node's own messages to a primary that has just died fail with EPIPE; `disconnect` follows.
        process.on('error', () => undefined);
        // Only the primary's own code sends messages on this channel, so their type is known.
        process.on('message', (message) => this.#receive(message, handlers));
    }
    /** Sends a message, and returns within a second. Without a primary, the message is dropped. */
    async send(message) {
        if (!process.connected || !process.send) {
            return;
        }
        const { promise: sent, resolve } = deferred();
        const limit = setTimeout(resolve, SEND_LIMIT_MS);
        // With a callback, `send` neither throws nor emits an error.
        process.send(message, undefined, undefined, () => resolve());
        await sent;
        clearTimeout(limit);
    }
    /** Returns the metrics of all workers, or only this worker's if the primary does not reply. */
    async collectMetrics(own) {
        const id = ++this.#lastId;
        const { promise, resolve } = deferred();
        this.#collections.set(id, resolve);
        const timeout = setTimeout(() => resolve(own()), COLLECT_LIMIT_MS);
        void this.send({ type: 'collect', id });
        const families = await promise;
        clearTimeout(timeout);
        this.#collections.delete(id);
        return families;
    }
    mayStopListening() {
        return this.#mayStopListening;
    }
    #receive(message, handlers) {
        switch (message.type) {
            case 'stop':
                this.#listenFor(message.listenForMs);
                handlers.stop(message.reason);
                break;
            case 'report':
                void this.send({ type: 'report', id: message.id, families: handlers.report() });
                break;
            case 'collected':
                this.#collections.get(message.id)?.(message.families);
        }
    }
    #listenFor(limitMs) {
        if (limitMs === undefined) {
            return;
        }
        const limit = sleep(limitMs + DISCONNECT_MARGIN_MS);
        this.#mayStopListening = Promise.race([this.#ended.promise, limit]);
    }
}
//# sourceMappingURL=primary-link.js.map