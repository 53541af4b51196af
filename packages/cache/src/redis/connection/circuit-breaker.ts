import { type BackoffLimits, backoffMs } from '../../store/backoff.js';
import type { StoreState } from '../../store/cache-store.js';

/** How a circuit breaker decides and what it calls. */
export interface CircuitBreakerOptions {
  /** So many failures in a row open the circuit. */
  readonly failureThreshold: number;
  /** The pauses between probes while the circuit is open. */
  readonly probePause: BackoffLimits;
  /**
   * Tries whether the store can be used and prepares it, or rejects. It calls `watch` before the
   * preparation and, at the moment from which the store may be used, the function that `watch`
   * answered, which answers false if the circuit was opened again in between.
   */
  readonly probe: (watch: () => () => boolean) => Promise<void>;
  /** Called once for each change; `cause` is what opened the circuit. */
  readonly onChange: (state: StoreState, cause?: unknown) => void;
}

/**
 * Keeps requests away from a store that does not answer. It starts open ("bypassed"); only its own
 * probes, never a user's request, find out whether the store is back.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #state: StoreState = 'bypassed';
  #failures = 0;
  #openings = 0;
  /** Since the store was last in use for a while. */
  #failedProbes = 0;
  #readyAt = Number.NEGATIVE_INFINITY;
  #probing = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
    this.#scheduleProbe();
  }

  get state(): StoreState {
    return this.#state;
  }

  /** Counts an answer of the store. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Counts a failure of the store, and opens the circuit if there were too many in a row. */
  failed(cause: unknown): void {
    this.#failures += 1;
    if (this.#failures >= this.#options.failureThreshold) {
      this.open(cause);
    }
  }

  /** Opens the circuit at once, whatever was counted, and disregards a probe under way. */
  open(cause: unknown): void {
    this.#openings += 1;
    if (this.#state === 'ready') {
      this.#state = 'bypassed';
      // A store that fails again right after its probe is probed at growing pauses.
      const wasShort = performance.now() - this.#readyAt < this.#options.probePause.maxMs;
      this.#failedProbes = wasShort ? this.#failedProbes + 1 : 0;
      this.#options.onChange('bypassed', cause);
      this.#scheduleProbe();
    }
  }

  /** Probes now instead of at the next appointed time. */
  async probe(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#probing || this.#stopped || this.#state === 'ready') {
      return;
    }
    this.#probing = true;
    try {
      await this.#options.probe(() => this.#watch());
    } catch {
      this.#failedProbes += 1;
    } finally {
      this.#probing = false;
    }
    this.#scheduleProbe();
  }

  /** Leaves the circuit open for good, without calling `onChange`. */
  stop(): void {
    this.#stopped = true;
    this.#state = 'bypassed';
    clearTimeout(this.#timer);
  }

  #watch(): () => boolean {
    const opening = this.#openings;
    return () => this.#close(opening);
  }

  #close(opening: number): boolean {
    if (this.#stopped || opening !== this.#openings) {
      return false;
    }
    this.#failures = 0;
    this.#readyAt = performance.now();
    this.#state = 'ready';
    this.#options.onChange('ready');
    return true;
  }

  #scheduleProbe(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#state === 'ready') {
      return;
    }
    const pause = backoffMs(this.#failedProbes, this.#options.probePause, Math.random);
    this.#timer = setTimeout(() => void this.probe(), pause).unref();
  }
}
