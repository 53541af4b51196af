/** One write to a key. */
interface Commit {
  readonly version: number;
  readonly exists: boolean;
}

/** Records the writes and reads of one key, and finds the reads that break a promise. */
export class History {
  readonly #name: string;
  readonly #commits: [Commit, ...Commit[]];
  readonly #violations: string[] = [];
  #acknowledged: number;
  #failovers = 0;

  /** @param name the name of the key in violations. */
  constructor(name: string, initial: Commit) {
    this.#name = name;
    this.#commits = [initial];
    this.#acknowledged = initial.version;
  }

  /** One sentence for each broken promise. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  /** The committed versions, including the initial one. */
  get versions(): readonly [number, ...number[]] {
    const [first, ...others] = this.#commits;
    return [first.version, ...others.map(({ version }) => version)];
  }

  recordCommit(commit: Commit): void {
    this.#commits.push(commit);
  }

  /** Begins an invalidation. The caller calls the returned function once it is acknowledged. */
  beginInvalidation(version: number): () => void {
    return this.#beginAcknowledgement(version);
  }

  /** Begins the poll of a relay. The caller calls the returned function once it has caught up. */
  beginCatchUp(): () => void {
    return this.#beginAcknowledgement(Math.max(...this.versions));
  }

  /** Records that Redis returned with older data: promises hold again once a relay has polled. */
  recordFailover(): void {
    this.#failovers += 1;
    this.#acknowledged = 0;
  }

  /** Begins a read. The caller calls the returned function with the version that it read. */
  beginRead(reader: string): (version: number | undefined) => void {
    const acknowledged = this.#acknowledged;
    const failovers = this.#failovers;
    return (version) => {
      if (failovers === this.#failovers && !this.#mayBeRead(version, acknowledged)) {
        this.#violations.push(
          `${reader} read ${describe(version)} of ${this.#name}, ` +
            `older than version ${acknowledged}, which was acknowledged before the read began`,
        );
      }
    };
  }

  /** Checks the cached text of a key at rest: it must be absent or the current one. */
  checkAtRest(cached: string | undefined, current: string): void {
    if (cached !== undefined && cached !== current) {
      this.#violations.push(
        `at rest the cache holds ${cached} of ${this.#name}, but the database holds ${current}`,
      );
    }
  }

  #beginAcknowledgement(version: number): () => void {
    const failovers = this.#failovers;
    return () => {
      if (failovers === this.#failovers) {
        this.#acknowledged = Math.max(this.#acknowledged, version);
      }
    };
  }

  /**
   * An absence has no version of its own: a read may see it if the row was absent at any time since
   * the acknowledged version.
   */
  #mayBeRead(version: number | undefined, acknowledged: number): boolean {
    return version === undefined
      ? this.#commits.some((commit) => !commit.exists && commit.version >= acknowledged)
      : version >= acknowledged;
  }
}

function describe(version: number | undefined): string {
  return version === undefined ? 'an absence' : `version ${version}`;
}
