/**
 * What Redis still has to be told before it may be trusted: invalidations that it has not
 * acknowledged, or everything, if there is a gap in what is known.
 */
export class PendingInvalidations {
  readonly #limit: number;
  readonly #versions = new Map<string, number>();
  // What happened before this process began to watch is not known.
  #gap = true;

  /** @param limit how many keys are remembered; one more is a gap. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether any value in Redis may be outdated. */
  get hasGap(): boolean {
    return this.#gap;
  }

  get isEmpty(): boolean {
    return !this.#gap && this.#versions.size === 0;
  }

  /** Remembers that `version` was written. To be called before Redis is told, not after. */
  add(key: string, version: number): void {
    if (this.#gap) {
      return;
    }
    if (this.#versions.size >= this.#limit && !this.#versions.has(key)) {
      this.markGap();
      return;
    }
    this.#versions.set(key, Math.max(version, this.#versions.get(key) ?? 0));
  }

  /** Forgets a key once Redis has acknowledged `version`, unless a higher one was added since. */
  confirm(key: string, version: number): void {
    if ((this.#versions.get(key) ?? Number.POSITIVE_INFINITY) <= version) {
      this.#versions.delete(key);
    }
  }

  /** Up to `count` of the keys with their versions. */
  first(count: number): [key: string, version: number][] {
    const keys: [string, number][] = [];
    for (const entry of this.#versions) {
      if (keys.length === count) {
        break;
      }
      keys.push(entry);
    }
    return keys;
  }

  /** Gives up on single keys: nothing in Redis may be trusted. */
  markGap(): void {
    this.#gap = true;
    this.#versions.clear();
  }

  /** Begins to remember single keys again. To be called before Redis is cleared, not after. */
  closeGap(): void {
    this.#gap = false;
  }
}
