import cluster, {} from 'node:cluster';
import { deferred } from '../concurrency/deferred.js';
import { StartError } from '../errors.js';
/** A worker process could not start to serve. The message is what the worker reported. */
export class WorkerStartError extends StartError {
    name = 'WorkerStartError';
}
/** Milliseconds after the exit of a process for its last messages to arrive. */
const LAST_MESSAGES_MS = 250;
/** A worker process, seen from the primary. */
export class WorkerProcess {
    pid;
    /**
     * Resolves with the URL of the service when the worker serves. Rejects with `WorkerStartError` if
     * it never does.
     */
    listening;
    exited;
    #state = 'starting';
    #listeningSince = Number.POSITIVE_INFINITY;
    #worker;
    /** @param onMessage called with every message that is not about the worker's start */
    constructor(onMessage) {
        this.#worker = cluster.fork();
        this.pid = this.#worker.process.pid ?? 0;
        const { promise, resolve, reject } = deferred();
        this.listening = promise;
        // A caller that awaits `listening` still gets the rejection; it need not be handled otherwise.
        promise.catch(() => undefined);
        this.#worker.on('message', (message) => {
            if (message.type === 'failed') {
                reject(new WorkerStartError(message.reason));
            }
            else if (message.type === 'listening') {
                this.#markListening();
                resolve(message.url);
            }
            else {
                onMessage(message, this);
            }
        });
        // A message to a worker that has just ended fails; its exit is handled below.
        this.#worker.on('error', () => undefined);
        this.exited = this.#exit();
        void this.exited.then(({ code, signal }) => {
            this.#state = 'ended';
            reject(new WorkerStartError(`A worker process ended before it served: ${signal ?? code}`));
        });
    }
    get state() {
        return this.#state;
    }
    /** Returns how many milliseconds the worker has served; 0 if it never did. */
    servedMs() {
        return Math.max(0, performance.now() - this.#listeningSince);
    }
    send(message) {
        if (this.#worker.isConnected()) {
            this.#worker.send(message);
        }
    }
    /**
     * Makes the worker finish its requests and end, and waits until it has ended. A worker that does
     * not serve yet is killed.
     *
     * @param listenForMs maximum milliseconds that it keeps listening until `disconnect`. Default: 0
     */
    async stop(reason, listenForMs) {
        if (this.#state === 'starting') {
            this.kill();
        }
        if (this.#state !== 'ended') {
            this.#state = 'stopping';
        }
        this.send({ type: 'stop', reason, ...(listenForMs !== undefined && { listenForMs }) });
        await this.exited;
    }
    /** Closes the channel to the worker, and with it this process's handle of the shared listener. */
    disconnect() {
        if (this.#worker.isConnected()) {
            this.#worker.process.disconnect();
        }
    }
    /** Kills the worker with SIGKILL. */
    kill() {
        this.#worker.process.kill('SIGKILL');
    }
    async #exit() {
        const exit = deferred();
        const channelEnd = deferred();
        this.#worker.once('exit', (code, signal) => {
            exit.resolve({ code, signal });
            // Node does not always emit `disconnect` for a killed process.
            setTimeout(channelEnd.resolve, LAST_MESSAGES_MS);
        });
        this.#worker.process.once('disconnect', channelEnd.resolve);
        const { code, signal } = await exit.promise;
        await channelEnd.promise;
        return { requested: this.#state === 'stopping', code, signal };
    }
    #markListening() {
        if (this.#state === 'starting') {
            this.#state = 'listening';
        }
        this.#listeningSince = performance.now();
    }
}
//# sourceMappingURL=worker-process.js.map