const MAX_KEYS = 10_000;

/**
 * The invalidations of this process whose changes the relay has not read in the log yet. The relay
 * does not repeat them, because that would delete values that were stored since.
 */
export class OwnInvalidations {
  readonly #versions = new Map<string, number>();

  add(key: string, version: number): void {
    if (this.#versions.size >= MAX_KEYS) {
      // Without these entries the relay repeats some invalidations, which is harmless.
      this.#versions.clear();
    }
    this.#versions.set(key, Math.max(version, this.#versions.get(key) ?? 0));
  }

  /**
   * Returns whether this process has invalidated this or a later version of the key. Forgets the
   * key unless a later version is still to come in the log.
   */
  remove(key: string, version: number): boolean {
    const invalidated = this.#versions.get(key) ?? 0;
    if (invalidated <= version) {
      this.#versions.delete(key);
    }
    return invalidated >= version;
  }
}
