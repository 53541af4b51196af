import type { CachePeek, Load } from './cache-read.js';
import type { CacheStore } from './cache-store.js';
import type { Failsafe } from './failsafe.js';
import { type Asked, TurnAsks } from './turn-asks.js';
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
 * of the event loop, or at once for who is alone.
 */
export function createHitPath<V>(options: HitPathOptions<V>): HitPath<V> {
  const { store, failsafe, valueCheck, afterHit } = options;
  const asks = new TurnAsks<V>(answerTurn, { aloneGoesAhead: store.isRemote });

  function answerTurn(asked: Asked<V>): void {
    void readTexts(failsafe, [...asked.keys()]).then((texts) => {
      asks.answered();
      let position = 0;
      for (const [key, askers] of asked) {
        const text = texts[position];
        const hit = hitOf(key, text);
        const found = hit ?? withoutHit(key, text);
        for (const { load, answer } of askers) {
          noteHit(key, hit, load);
          answer(found);
        }
        position += 1;
      }
    });
  }

  function answerOne(key: string, load: Load<V> | undefined): ReturnType<HitPath<V>> {
    return readText(failsafe, key).then((text) => {
      asks.answered();
      const hit = hitOf(key, text);
      noteHit(key, hit, load);
      return hit ?? withoutHit(key, text);
    });
  }

  function hitOf(key: string, text: string | undefined): CachePeek<V> | undefined {
    return text === undefined ? undefined : valueCheck.asHit(key, text);
  }

  function noteHit(key: string, hit: CachePeek<V> | undefined, load: Load<V> | undefined): void {
    if (hit !== undefined && load !== undefined) {
      afterHit(key, hit, load);
    }
  }

  /** An invalid text is deleted before its readers go on. */
  function withoutHit(key: string, text: string | undefined): undefined | Promise<undefined> {
    return text === undefined ? undefined : valueCheck.discard(key, text).then(() => undefined);
  }

  return (key, load) => {
    if (store.state() === 'bypassed') {
      return nothing;
    }
    return asks.goesAhead()
      ? answerOne(key, load)
      : new Promise((resolve) => asks.add(key, { load, answer: resolve }));
  };
}

function readText(failsafe: Failsafe, key: string): Promise<string | undefined> {
  return failsafe('get', key, (store) => store.get(key));
}

async function readTexts(
  failsafe: Failsafe,
  keys: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const [first = '', ...others] = keys;
  return others.length === 0
    ? [await readText(failsafe, first)]
    : ((await failsafe('get-many', first, (store) => store.getMany(keys))) ?? []);
}
