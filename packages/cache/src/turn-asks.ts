import type { CachePeek, Load } from './cache-read.js';

/** What the cache knows of a key; nothing may take until an invalid text is deleted. */
export type Found<V> = CachePeek<V> | undefined | Promise<undefined>;

/** Somebody who asks what the cache knows of a key. */
export interface Ask<V> {
  readonly load: Load<V> | undefined;
  readonly answer: (found: Found<V>) => void;
}

/** Those who ask for the same key, one or more. */
export type Askers<V> = [Ask<V>, ...Ask<V>[]];

/** What is asked for together, by key. */
export type Asked<V> = ReadonlyMap<string, Askers<V>>;

/**
 * Collects what is asked for in one turn of the event loop, by key, and has it answered together at
 * the end of the turn: by one command of the store instead of many, and once for all who asked for
 * the same key. It is what DataLoader does (github.com/graphql/dataloader).
 *
 * Where `aloneGoesAhead`, who asks while nobody waits for an answer, as the one before did, is
 * likely to be alone again, and does not wait for the end of the turn.
 *
 * Nobody shares what was read before the question, so no answer is older than its question.
 */
export class TurnAsks<V> {
  readonly #answerAll: (asked: Asked<V>) => void;
  #asked = new Map<string, Askers<V>>();
  /** How many have asked in this turn and wait for its end. */
  #count = 0;
  /** How many times an answer of the store is waited for. */
  #underWay = 0;
  readonly #aloneGoesAhead: boolean;
  #expectsOne: boolean;

  /** @param answerAll calls `answered` when it knows the answers, and the `answer` of every ask. */
  constructor(
    answerAll: (asked: Asked<V>) => void,
    { aloneGoesAhead }: { readonly aloneGoesAhead: boolean },
  ) {
    this.#answerAll = answerAll;
    this.#aloneGoesAhead = aloneGoesAhead;
    this.#expectsOne = aloneGoesAhead;
  }

  /** Whether who asks now asks the store at once; to be followed by `answered` then, else by `add`. */
  goesAhead(): boolean {
    const ahead = this.#expectsOne && this.#underWay === 0;
    if (ahead) {
      this.#underWay += 1;
    }
    return ahead;
  }

  /** Takes note that the store has answered those who went ahead, or those of a turn. */
  answered(): void {
    this.#underWay -= 1;
  }

  /** Adds somebody to those who are answered together at the end of this turn. */
  add(key: string, ask: Ask<V>): void {
    this.#expectsOne = false;
    if (this.#count === 0) {
      // Not a microtask: those run after each socket's data, and a turn has many sockets'.
      setImmediate(this.#endTurn);
    }
    this.#count += 1;
    const askers = this.#asked.get(key);
    if (askers === undefined) {
      this.#asked.set(key, [ask]);
    } else {
      askers.push(ask);
    }
  }

  readonly #endTurn = (): void => {
    this.#expectsOne = this.#aloneGoesAhead && this.#count === 1 && this.#underWay === 0;
    const asked = this.#asked;
    this.#asked = new Map();
    this.#count = 0;
    this.#underWay += 1;
    this.#answerAll(asked);
  };
}
