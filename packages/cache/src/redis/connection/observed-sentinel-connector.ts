import { type Redis, type SentinelConnectionOptions, SentinelConnector } from 'ioredis';
import { formatHost, type SentinelHost } from '../address/redis-address.js';
import { NoPrimaryError, UnknownPrimaryError } from './connection-errors.js';

/** The private methods of ioredis's connector that are observed. */
interface Internals {
  /** Creates a client of a sentinel, to ask it once or to follow its failovers. */
  connectToSentinel(sentinel: SentinelHost, options?: object): Redis;
  /** Asks a sentinel for the address of the primary; null if it does not know one. */
  resolve(sentinel: SentinelHost): Promise<SentinelHost | null>;
}

// TypeScript has no other way to reach private methods of a library.
const internals = SentinelConnector.prototype as unknown as Internals;

/**
 * The ioredis connector for Sentinel. It also finds out why no sentinel names a primary, and never
 * gives up. The one of ioredis 6.0.0
 * - reports the same error for each reason, and also after every sentinel has named a primary that
 *   could not be reached;
 * - ends its client for good if a failover is reported while a sentinel is asked, or if a sentinel
 *   names a port that does not exist;
 * - prints errors of the connections on which it waits for a failover to standard error.
 */
export class ObservedSentinelConnector extends SentinelConnector {
  /** Why each sentinel did not name a primary, since one did. */
  readonly #failures = new Map<string, unknown>();
  /** The latest error of each sentinel's connections, which ioredis replaces by "is closed". */
  readonly #connectionErrors = new Map<string, unknown>();

  /** @param options the options of the client, as ioredis passes them. */
  constructor(options: unknown) {
    super(options as SentinelConnectionOptions);
    const observed: Internals = {
      connectToSentinel: (sentinel, more) => this.#connectTo(sentinel, more),
      resolve: (sentinel) => this.#ask(sentinel),
    };
    Object.assign(this, observed);
  }

  override connect(emit: (event: string, error: Error) => void) {
    // Stops to wait for a failover on behalf of the last connection.
    this.disconnect();
    return super.connect((event) => {
      // An end of the list alone does not mean that all have failed: it may have begun in between.
      if (event === 'error' && this.#failures.size === this.options.sentinels?.length) {
        emit('error', new NoPrimaryError(new Map(this.#failures)));
      }
    });
  }

  #connectTo(sentinel: SentinelHost, options?: object): Redis {
    const client = internals.connectToSentinel.call(this, sentinel, options);
    client.on('error', (error) => this.#connectionErrors.set(formatHost(sentinel), error));
    return client;
  }

  async #ask(sentinel: SentinelHost): Promise<SentinelHost | null> {
    const name = formatHost(sentinel);
    this.#connectionErrors.delete(name);
    try {
      const primary = await internals.resolve.call(this, sentinel);
      if (primary === null || !isPort(primary.port)) {
        this.#failures.set(name, new UnknownPrimaryError());
        return null;
      }
      this.#failures.clear();
      return primary;
    } catch (error) {
      this.#failures.set(name, this.#connectionErrors.get(name) ?? error);
      throw error;
    }
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}
