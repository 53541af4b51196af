/** One write to a key. */
interface Commit {
  readonly version: number;
  readonly exists: boolean;
}

/** What happened to one key, and whether what readers saw of it keeps the promises. */
export class History {
  readonly #name: string;
  readonly #commits: [Commit, ...Commit[]];
  readonly #violations: string[] = [];
  #acknowledged: number;
  #failovers = 0;

  /** @param name what the key is called in violations. */
  constructor(name: string, initial: Commit) {
    this.#name = name;
    this.#commits = [initial];
    this.#acknowledged = initial.version;
  }

  /** The broken promises, in words. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  /** The versions that were committed, the first one included. */
  get versions(): readonly [number, ...number[]] {
    const [first, ...others] = this.#commits;
    return [first.version, ...others.map(({ version }) => version)];
  }

  committed(commit: Commit): void {
    this.#commits.push(commit);
  }

  /** Begins an invalidation; the function that it returns is called when it is acknowledged. */
  invalidationBegins(version: number): () => void {
    return this.#promise(version);
  }

  /** Begins a relay's look; the function that it returns is called when it has caught up. */
  relayBegins(): () => void {
    return this.#promise(Math.max(...this.versions));
  }

  /** Redis came back with an older copy: until a relay has looked, nothing is promised. */
  failedOver(): void {
    this.#failovers += 1;
    this.#acknowledged = 0;
  }

  /** Begins a read; the function that it returns is called with the answer. */
  readBegins(reader: string): (version: number | undefined) => void {
    const promised = this.#acknowledged;
    const failovers = this.#failovers;
    return (version) => {
      if (failovers === this.#failovers && !this.#mayBeSeen(version, promised)) {
        this.#violations.push(
          `${reader} read ${describe(version)} of ${this.#name}, older than version ${promised}, ` +
            'which was acknowledged before',
        );
      }
    };
  }

  /** Takes note of what the cache holds at rest, when it must be nothing or what is current. */
  restsWith(cached: string | undefined, current: string): void {
    if (cached !== undefined && cached !== current) {
      this.#violations.push(
        `at rest the cache holds ${cached} of ${this.#name}, but the database ${current}`,
      );
    }
  }

  #promise(version: number): () => void {
    const failovers = this.#failovers;
    return () => {
      if (failovers === this.#failovers) {
        this.#acknowledged = Math.max(this.#acknowledged, version);
      }
    };
  }

  /** Absence has no version, so it may be seen if it was true at some time since the promise. */
  #mayBeSeen(version: number | undefined, promised: number): boolean {
    return version === undefined
      ? this.#commits.some((commit) => !commit.exists && commit.version >= promised)
      : version >= promised;
  }
}

function describe(version: number | undefined): string {
  return version === undefined ? 'absence' : `version ${version}`;
}
