const mostTold = 10_000;

/** The invalidations that a store was told of before the log was read, so as not to repeat them. */
export class ToldVersions {
  readonly #versions = new Map<string, number>();

  add(key: string, version: number): void {
    if (this.#versions.size >= mostTold) {
      // Forgetting costs a repeated invalidation, which is harmless.
      this.#versions.clear();
    }
    this.#versions.set(key, Math.max(version, this.#versions.get(key) ?? 0));
  }

  /** Whether this version or a later one was told; forgets it then if it is the last. */
  remove(key: string, version: number): boolean {
    const told = this.#versions.get(key) ?? 0;
    if (told <= version) {
      this.#versions.delete(key);
    }
    return told >= version;
  }
}
