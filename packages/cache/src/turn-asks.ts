import type { CachePeek, Load } from './cache-read.js';

/** Somebody who asks what the cache knows of a key. */
export interface Ask<V> {
  readonly load: Load<V> | undefined;
  readonly answer: (hit: CachePeek<V> | undefined) => void;
}

/** Those who ask for the same key, one or more. */
export type Askers<V> = [Ask<V>, ...Ask<V>[]];

/**
 * Collects what is asked for in one turn of the event loop, by key, and has it answered together at
 * the end of the turn: by one command of the store instead of many, and once for all who asked for
 * the same key. It is what DataLoader does (github.com/graphql/dataloader).
 *
 * Who was alone in the last turn that had an ask is likely to be alone again, and does not wait for
 * the end of its turn.
 *
 * Nobody shares what was read before the question, so no answer is older than its question.
 */
export class TurnAsks<V> {
  readonly #answerAll: (asked: ReadonlyMap<string, Askers<V>>) => void;
  #asked = new Map<string, Askers<V>>();
  /** How many have asked in this turn. */
  #count = 0;
  #expectsOne = true;

  /** @param answerAll calls the `answer` of every ask. */
  constructor(answerAll: (asked: ReadonlyMap<string, Askers<V>>) => void) {
    this.#answerAll = answerAll;
  }

  add(key: string, ask: Ask<V>): void {
    if (this.#count === 0) {
      // Not a microtask: those run after each socket's data, and a turn has many sockets'.
      setImmediate(this.#endTurn);
      if (this.#expectsOne) {
        queueMicrotask(this.#answerOne);
      }
    }
    this.#count += 1;
    const askers = this.#asked.get(key);
    if (askers === undefined) {
      this.#asked.set(key, [ask]);
    } else {
      askers.push(ask);
    }
  }

  readonly #answerOne = (): void => {
    if (this.#count === 1) {
      this.#answerAsked();
    }
  };

  readonly #endTurn = (): void => {
    this.#expectsOne = this.#count === 1;
    this.#count = 0;
    this.#answerAsked();
  };

  #answerAsked(): void {
    if (this.#asked.size > 0) {
      const asked = this.#asked;
      this.#asked = new Map();
      this.#answerAll(asked);
    }
  }
}
