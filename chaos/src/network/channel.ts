import type { Socket } from 'node:net';

/** What happens to bytes in transit: they arrive after a delay, are held back, or are dropped. */
export type Transit = { readonly delayMs: number } | 'hold' | 'drop';

interface Chunk {
  /** Undefined for the end of the stream. */
  readonly data: Buffer | undefined;
  /** When to deliver it, in the milliseconds of `performance.now()`. */
  dueAt: number;
}

/**
 * One direction of a connection. Bytes arrive in the order in which they were sent, or not at all.
 */
export class Channel {
  readonly #to: Socket;
  readonly #transit: () => Transit;
  readonly #chunks: Chunk[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param transit returns what happens to bytes that are sent now */
  constructor(from: Socket, to: Socket, transit: () => Transit) {
    this.#to = to;
    this.#transit = transit;
    from.on('data', (data) => this.#send(data));
    from.on('close', () => this.#send(undefined));
    // `close` follows each error, and handles both ways in which a stream ends.
    from.on('error', () => undefined);
  }

  /** Delivers the chunks that are held back or delayed. */
  release(): void {
    const now = performance.now();
    for (const chunk of this.#chunks) {
      chunk.dueAt = Math.min(chunk.dueAt, now);
    }
    this.#deliver();
  }

  /** Drops the chunks that are not delivered yet. */
  close(): void {
    clearTimeout(this.#timer);
    this.#chunks.length = 0;
  }

  #send(data: Buffer | undefined): void {
    const transit = this.#transit();
    if (transit === 'drop') {
      return;
    }
    const delayMs = transit === 'hold' ? Infinity : transit.delayMs;
    this.#chunks.push({ data, dueAt: performance.now() + delayMs });
    this.#deliver();
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    let next = this.#chunks[0];
    while (next && next.dueAt <= now) {
      this.#chunks.shift();
      if (next.data) {
        this.#to.write(next.data);
      } else {
        this.#to.end();
      }
      next = this.#chunks[0];
    }
    if (next && next.dueAt < Infinity) {
      this.#timer = setTimeout(() => this.#deliver(), Math.ceil(next.dueAt - now));
    }
  }
}
