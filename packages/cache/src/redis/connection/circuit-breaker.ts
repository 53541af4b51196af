import { type BackoffLimits, backoffMs } from '../../store/backoff.js';
import type { StoreState } from '../../store/cache-store.js';

/** Options for a circuit breaker. */
export interface CircuitBreakerOptions {
  /** The number of consecutive failures that open the circuit. */
  readonly failureThreshold: number;
  /** The pauses between probes while the circuit is open. */
  readonly probePause: BackoffLimits;
  /**
   * Checks whether the store can be used, and prepares it. Rejects if it cannot be used. Calls
   * `beginPreparation` before it prepares the store, and the function that this returned as soon as
   * the store may be used. That function closes the circuit, or returns false if the circuit was
   * opened again in between.
   */
  readonly probe: (beginPreparation: () => () => boolean) => Promise<void>;
  /** Called once for each change of the state; `cause` is the failure that opened the circuit. */
  readonly onChange: (state: StoreState, cause?: unknown) => void;
}

/**
 * Keeps requests away from a store that does not reply. It starts open ("bypassed"). Only its own
 * probes, and never a user's request, check whether the store is back.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #state: StoreState = 'bypassed';
  #failures = 0;
  #openings = 0;
  /** The number of failed probes since the store was last in use for a longer time. */
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

  /** Counts a reply of the store. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Counts a failure of the store, and opens the circuit after too many consecutive ones. */
  failed(cause: unknown): void {
    this.#failures += 1;
    if (this.#failures >= this.#options.failureThreshold) {
      this.open(cause);
    }
  }

  /** Opens the circuit immediately, and invalidates a probe that is in flight. */
  open(cause: unknown): void {
    this.#openings += 1;
    if (this.#state === 'ready') {
      this.#state = 'bypassed';
      // If the store fails soon after a probe, the pauses between probes grow.
      const wasShort = performance.now() - this.#readyAt < this.#options.probePause.maxMs;
      this.#failedProbes = wasShort ? this.#failedProbes + 1 : 0;
      this.#options.onChange('bypassed', cause);
      this.#scheduleProbe();
    }
  }

  /** Probes now instead of after the scheduled pause. */
  async probe(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#probing || this.#stopped || this.#state === 'ready') {
      return;
    }
    this.#probing = true;
    try {
      await this.#options.probe(() => this.#beginPreparation());
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

  #beginPreparation(): () => boolean {
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
