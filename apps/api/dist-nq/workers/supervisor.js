import { setTimeout as sleep } from 'node:timers/promises';
import { GroupMetrics } from './group-metrics.js';
import { RestartPolicy } from './restart-policy.js';
import { stopTogether } from './stop-together.js';
import { WorkerProcess } from './worker-process.js';
/** Keeps a fixed number of worker processes serving. */
export class Supervisor {
    #options;
    #workers = new Set();
    #metrics = new GroupMetrics();
    #policy = new RestartPolicy();
    #state = 'starting';
    constructor(options) {
        this.#options = options;
    }
    /**
     * Starts the workers, and returns the URL of the service when all of them serve.
     *
     * @throws {WorkerStartError} when a worker cannot serve; the others are killed
     */
    async start() {
        const { workers: count } = this.#options;
        const workers = Array.from({ length: count }, () => this.#fork());
        try {
            const urls = await Promise.all(workers.map(({ listening }) => listening));
            this.#state = 'serving';
            return urls[0] ?? '';
        }
        catch (error) {
            this.#state = 'failed';
            for (const worker of workers) {
                worker.kill();
            }
            await Promise.all(workers.map(({ exited }) => exited));
            throw error;
        }
    }
    /** Replaces all workers one at a time: each stops once its successor serves. */
    async restart() {
        const { logger } = this.#options;
        if (this.#state !== 'serving') {
            logger.warn({ state: this.#state }, 'workers are not restarted now');
            return;
        }
        this.#state = 'restarting';
        logger.info('restarting the workers');
        const replaced = await this.#replaceEach([...this.#workers]);
        if (this.#isStopping()) {
            return;
        }
        this.#state = 'serving';
        if (replaced) {
            logger.info('all workers are restarted');
        }
        else {
            logger.error('a new worker does not serve: the other workers stay as they are');
        }
    }
    /** Stops all workers without losing an accepted request, and kills those that take too long. */
    async stop() {
        this.#state = 'stopping';
        const { allMs, othersMs } = this.#options.stopLimits;
        const killTimer = setTimeout(() => {
            for (const worker of this.#workers) {
                worker.kill();
            }
        }, allMs);
        await stopTogether([...this.#workers], othersMs);
        clearTimeout(killTimer);
    }
    /** Replaces workers one at a time, and returns whether all were replaced. */
    async #replaceEach(workers) {
        for (const worker of workers) {
            const successor = this.#fork();
            try {
                await successor.listening;
            }
            catch {
                return false;
            }
            if (this.#isStopping()) {
                return false;
            }
            await worker.stop('replaced');
        }
        return true;
    }
    #fork() {
        const worker = new WorkerProcess((message) => this.#receive(message, worker));
        this.#workers.add(worker);
        const { logger } = this.#options;
        void worker.listening.then(() => logger.info({ pid: worker.pid }, 'worker started'), (error) => this.#cannotServe(worker, error));
        void worker.exited.then((exit) => this.#ended(worker, exit));
        return worker;
    }
    #receive(message, from) {
        switch (message.type) {
            case 'collect':
                void this.#collect(message.id, from);
                break;
            case 'report':
                this.#metrics.report(from, message.families, message.id);
        }
    }
    async #collect(id, requester) {
        const serving = [...this.#workers].filter(({ state }) => state !== 'starting');
        const families = await this.#metrics.collect(serving);
        requester.send({ type: 'collected', id, families });
    }
    #cannotServe({ pid }, { message }) {
        // During a start, the error of `start` reports it.
        if (this.#state === 'starting' || this.#state === 'failed') {
            return;
        }
        this.#options.logger.error({ pid, reason: message }, 'worker cannot serve');
    }
    #ended(worker, { requested, code, signal }) {
        this.#workers.delete(worker);
        this.#metrics.ended(worker, requested);
        if (this.#state === 'starting' || this.#state === 'failed') {
            return;
        }
        const entry = { pid: worker.pid, ...(signal ? { signal } : { code }) };
        this.#options.logger[requested ? 'info' : 'warn'](entry, 'worker ended');
        if (!requested && !this.#isStopping()) {
            void this.#replace(worker);
        }
    }
    async #replace(dead) {
        if (!this.#isShort()) {
            return;
        }
        const pauseMs = this.#policy.afterDeath(dead.servedMs());
        if (pauseMs === undefined) {
            return this.#options.onGiveUp();
        }
        await sleep(pauseMs);
        if (this.#isShort() && !this.#isStopping()) {
            this.#fork();
        }
    }
    /**
     * Returns whether workers are missing. After a failed restart none is: the old ones still serve.
     */
    #isShort() {
        return this.#workers.size < this.#options.workers;
    }
    #isStopping() {
        return this.#state === 'stopping';
    }
}
//# sourceMappingURL=supervisor.js.map