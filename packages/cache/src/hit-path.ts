import type { CachePeek, Load } from './cache-read.js';
import type { Failsafe } from './failsafe.js';
import type { ValueCheck } from './value-check.js';

/** What the hit path is made of. */
export interface HitPathOptions<V> {
  readonly failsafe: Failsafe;
  readonly valueCheck: ValueCheck<V>;
  /** Called with every hit that has a load; what it starts, nobody waits for. */
  readonly afterHit: (key: string, hit: CachePeek<V>, load: Load<V>) => void;
}

/** Reads what the store holds, if it is valid. Nothing here rejects. */
export interface HitPath<V> {
  peek(key: string, load?: Load<V>): Promise<CachePeek<V> | undefined>;
  /** The answers are in the order of the keys. */
  peekMany(keys: readonly string[], load?: Load<V>): Promise<(CachePeek<V> | undefined)[]>;
}

/** Makes the hit path: one plain read for a key, and one for any number of keys. */
export function createHitPath<V>(options: HitPathOptions<V>): HitPath<V> {
  const { failsafe, valueCheck, afterHit } = options;

  function asHit(key: string, text: string, load: Load<V> | undefined): CachePeek<V> | undefined {
    const hit = valueCheck.asHit(key, text);
    if (hit !== undefined && load !== undefined) {
      afterHit(key, hit, load);
    }
    return hit;
  }

  return {
    async peek(key, load) {
      const text = await failsafe('get', key, (store) => store.get(key));
      if (text === undefined) {
        return undefined;
      }
      const hit = asHit(key, text, load);
      if (hit === undefined) {
        await valueCheck.discard(key, text);
      }
      return hit;
    },

    async peekMany(keys, load) {
      const [first] = keys;
      if (first === undefined) {
        return [];
      }
      const texts = (await failsafe('get-many', first, (store) => store.getMany(keys))) ?? [];
      const discards: Promise<void>[] = [];
      const hits = keys.map((key, index) => {
        const text = texts[index];
        const hit = text === undefined ? undefined : asHit(key, text, load);
        if (text !== undefined && hit === undefined) {
          discards.push(valueCheck.discard(key, text));
        }
        return hit;
      });
      await Promise.all(discards);
      return hits;
    },
  };
}
