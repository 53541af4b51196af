import type { CachePeek, Load } from './cache-read.js';
import type { CacheStore } from './cache-store.js';
import type { Failsafe } from './failsafe.js';
import { type Asked, type Askers, TurnAsks } from './turn-asks.js';
import type { ValueCheck } from './value-check.js';

/** What the hit path is made of. */
export interface HitPathOptions<V> {
  readonly store: CacheStore;
  readonly failsafe: Failsafe;
  readonly valueCheck: ValueCheck<V>;
  /** Called with every hit that has a load; what it starts, nobody waits for. */
  readonly afterHit: (key: string, hit: CachePeek<V>, load: Load<V>) => void;
}

/** Reads what the store holds, if it is valid. Nothing here rejects. */
export type HitPath<V> = (key: string, load?: Load<V>) => Promise<CachePeek<V> | undefined>;

const nothing = Promise.resolve(undefined);

/**
 * Makes the hit path: one plain read of the store for all the keys that are asked for in one turn
 * of the event loop. Between the store's answer and the caller there is one promise.
 */
export function createHitPath<V>(options: HitPathOptions<V>): HitPath<V> {
  const { store, failsafe, valueCheck, afterHit } = options;
  const asks = new TurnAsks<V>((asked, answered) => void answerAll(asked, answered), {
    aloneGoesAhead: store.isRemote,
  });

  async function answerAll(asked: Asked<V>, answered: () => void): Promise<void> {
    const texts = (await readTexts(failsafe, [...asked.keys()])).values();
    answered();
    for (const [key, askers] of asked) {
      answer(key, texts.next().value, askers);
    }
  }

  function answer(key: string, text: string | undefined, askers: Askers<V>): void {
    const hit = text === undefined ? undefined : valueCheck.asHit(key, text);
    if (text !== undefined && hit === undefined) {
      void valueCheck.discard(key, text).then(() => tell(key, undefined, askers));
    } else {
      tell(key, hit, askers);
    }
  }

  function tell(key: string, hit: CachePeek<V> | undefined, askers: Askers<V>): void {
    for (const asker of askers) {
      if (hit !== undefined && asker.load !== undefined) {
        afterHit(key, hit, asker.load);
      }
      asker.answer(hit);
    }
  }

  return (key, load) =>
    store.state() === 'bypassed'
      ? nothing
      : new Promise((resolve) => asks.add(key, { load, answer: resolve }));
}

async function readTexts(
  failsafe: Failsafe,
  keys: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const [first = '', ...others] = keys;
  if (others.length === 0) {
    return [await failsafe('get', first, (store) => store.get(first))];
  }
  return (await failsafe('get-many', first, (store) => store.getMany(keys))) ?? [];
}
