import type { Socket } from 'node:net';

/** What happens to bytes on their way: they come after so many milliseconds, are held, or vanish. */
export type Passage = { readonly delayMs: number } | 'hold' | 'drop';

interface Parcel {
  /** Undefined for the end of the stream. */
  readonly data: Buffer | undefined;
  /** When it is to be delivered, in the milliseconds of `performance.now()`. */
  dueAt: number;
}

/** One direction of a connection. Bytes arrive in the order in which they were sent, or not at all. */
export class Lane {
  readonly #to: Socket;
  readonly #passage: () => Passage;
  readonly #parcels: Parcel[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, passage: () => Passage) {
    this.#to = to;
    this.#passage = passage;
    from.on('data', (data) => this.#send(data));
    from.on('close', () => this.#send(undefined));
    // `close` follows, and stands for both ways in which a stream ends.
    from.on('error', () => undefined);
  }

  /** Delivers what was held. */
  release(): void {
    const now = performance.now();
    for (const parcel of this.#parcels) {
      parcel.dueAt = Math.min(parcel.dueAt, now);
    }
    this.#deliver();
  }

  /** Forgets what is still on its way. */
  close(): void {
    clearTimeout(this.#timer);
    this.#parcels.length = 0;
  }

  #send(data: Buffer | undefined): void {
    const passage = this.#passage();
    if (passage === 'drop') {
      return;
    }
    const delayMs = passage === 'hold' ? Infinity : passage.delayMs;
    this.#parcels.push({ data, dueAt: performance.now() + delayMs });
    this.#deliver();
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    let next = this.#parcels[0];
    while (next && next.dueAt <= now) {
      this.#parcels.shift();
      if (next.data) {
        this.#to.write(next.data);
      } else {
        this.#to.end();
      }
      next = this.#parcels[0];
    }
    if (next && next.dueAt < Infinity) {
      this.#timer = setTimeout(() => this.#deliver(), Math.ceil(next.dueAt - now));
    }
  }
}
