import type { Change, ChangeLog } from '../src/index.js';

/** An in-memory change log, to which a test appends the changes of its source. */
export class RecordedLog implements ChangeLog {
  readonly #changes: Change[] = [];

  /** Appends a committed change. */
  append(key: string, version: number): void {
    const seq = this.#changes.length + 1;
    this.#changes.push({ seq, key, version, mark: `mark-${seq}` });
  }

  async head() {
    const last = this.#changes.at(-1);
    return { databaseId: 'test', seq: last?.seq ?? 0, mark: last?.mark };
  }

  async start() {
    return { seq: 1, reachMs: Number.POSITIVE_INFINITY };
  }

  async read(after: number, limit: number) {
    return this.#changes.slice(after, after + limit);
  }

  async prune() {}
}
