import { TickBatch } from '@product-api/cache';
/**
 * Maximum lines of a group, unless one request has more. The driver of SQLite is synchronous, so a
 * larger group would hold up the event loop.
 */
const MAX_LINES = 500;
/**
 * Commits requests in groups, one group after another. The requests of one tick of the event loop
 * share a group, and while a group is in flight, further requests wait for the next one: the more
 * requests there are, the more share a commit.
 */
export class GroupCommit {
    #commit;
    #batch;
    #waiting = [];
    #isCommitting = false;
    constructor(commit) {
        this.#commit = commit;
        this.#batch = new TickBatch((batch) => {
            this.#waiting.push(...batch);
            if (!this.#isCommitting) {
                void this.#commitAll();
            }
        });
    }
    /** Adds a request. The promise settles with its result. */
    request(request) {
        return this.#batch.request(request);
    }
    async #commitAll() {
        this.#isCommitting = true;
        while (this.#waiting.length > 0) {
            await this.#commitGroup(this.#takeGroup());
        }
        this.#isCommitting = false;
    }
    #takeGroup() {
        let lines = 0;
        const end = this.#waiting.findIndex(({ request }, index) => {
            lines += request.lines.length;
            return index > 0 && lines > MAX_LINES;
        });
        return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
    }
    async #commitGroup(group) {
        try {
            const resultOf = await this.#commit(group.map(({ request }) => request));
            for (const { request, resolve } of group) {
                resolve(resultOf(request));
            }
        }
        catch (error) {
            for (const { resolve } of group) {
                resolve(Promise.reject(error));
            }
        }
    }
}
//# sourceMappingURL=group-commit.js.map