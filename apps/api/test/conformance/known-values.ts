import type { RawResponse } from '../raw-request.js';

/** Older values are forgotten, as most of them have been deleted since. */
const MAX_VALUES = 50;

/**
 * Where the values of inputs come from that only the service can create: the field or header of a
 * response, by the name of the input.
 */
const origins: readonly (readonly [input: RegExp, origin: string])[] = [
  [/(^|_)ids?$|^after$/, 'id'],
  [/(^|_)cursor$|^after$|^last-event-id$/, 'next_cursor'],
  [/^if-(none-)?match$/, 'etag'],
];

/**
 * Values from earlier responses, so that requests reach products, pages and versions that exist.
 */
export class KnownValues {
  readonly #values = new Map<string, string[]>();

  /** Remembers the values of a response. */
  collect({ headers, text }: RawResponse): void {
    this.#add('etag', headers.etag);
    if (headers['content-type']?.includes('json;') || headers['content-type']?.endsWith('+json')) {
      this.#collectFrom(JSON.parse(text));
    }
  }

  /** Returns one of the values for an input; undefined if there are none. */
  pick(input: string, index: number): string | undefined {
    const values = origins
      .filter(([pattern]) => pattern.test(input))
      .flatMap(([, origin]) => this.#values.get(origin) ?? []);
    return values[index % values.length];
  }

  #collectFrom(value: unknown): void {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    for (const [name, each] of Object.entries(value)) {
      this.#add(name, each);
      this.#collectFrom(each);
    }
  }

  #add(name: string, value: unknown): void {
    if (typeof value === 'string' && origins.some(([, origin]) => origin === name)) {
      const others = (this.#values.get(name) ?? []).filter((each) => each !== value);
      this.#values.set(name, [...others, value].slice(-MAX_VALUES));
    }
  }
}
