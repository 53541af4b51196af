import { setMaxListeners } from 'node:events';
import { DomainError } from '../../errors.js';
import { OverloadError } from '../problems/problem-errors.js';

/** What a stream of products does. */
export type StreamKind = 'export' | 'import';

/** What a request does that follows changes: it streams them, or waits for the next one. */
export type ChangeStreamKind = 'stream' | 'wait';

/** Sees streams begin and end. */
export interface StreamObserver<Kind extends string> {
  began(kind: Kind): void;
  /** @param isComplete whether the stream has done all that it was asked for */
  ended(kind: Kind, isComplete: boolean): void;
}

/** The process stops, and a stream ends before its time. */
export class StreamStoppedError extends DomainError {
  override readonly name = 'StreamStoppedError';
  override readonly kind = 'service-unavailable';
  override readonly isLogged = true;

  constructor() {
    super('The service is stopping; send the request again');
  }
}

/** Options of the streams of a process. */
export interface RunningStreamsOptions<Kind extends string> {
  /** Maximum number of streams at a time. */
  readonly atOnce: number;
  readonly observer: StreamObserver<Kind>;
}

/** The streams of a process, which it bounds, counts, and ends before it stops. */
export class RunningStreams<Kind extends string> {
  readonly #atOnce: number;
  readonly #observer: StreamObserver<Kind>;
  readonly #stop = new AbortController();
  #running = 0;

  constructor({ atOnce, observer }: RunningStreamsOptions<Kind>) {
    this.#atOnce = atOnce;
    this.#observer = observer;
    // Each stream listens; Node would take more than ten for a leak, and warn.
    setMaxListeners(0, this.stopped);
  }

  /** Aborted with a `StreamStoppedError` when all streams must end. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /**
   * Begins a stream.
   *
   * @returns the function that ends it, to be called once
   * @throws {OverloadError} when there are too many streams
   * @throws {StreamStoppedError} when the process is stopping
   */
  begin(kind: Kind): (isComplete: boolean) => void {
    this.stopped.throwIfAborted();
    if (this.#running >= this.#atOnce) {
      throw new OverloadError();
    }
    this.#running += 1;
    this.#observer.began(kind);
    return (isComplete) => {
      this.#running -= 1;
      this.#observer.ended(kind, isComplete);
    };
  }

  /** Ends all streams, and refuses others. */
  stop(): void {
    this.#stop.abort(new StreamStoppedError());
  }
}
