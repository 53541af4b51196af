import { absenceText } from './absence.js';
import type { CacheAbsence, CacheLoad, Load, Loaded } from './cache-read.js';
import type { Codec } from './codec.js';

/** What a load found, with its text. */
export interface LoadedText<V> extends Loaded<V> {
  readonly text: string;
}

/**
 * Loads a key and encodes what there is.
 *
 * @throws whatever `load` or `encode` throws.
 * @throws TypeError when the codec encodes a value as the text that stands for none.
 */
export async function loadText<V>(
  key: string,
  load: Load<V>,
  codec: Codec<V>,
): Promise<LoadedText<V> | undefined> {
  const loaded = await load(key);
  if (loaded === undefined) {
    return undefined;
  }
  const text = codec.encode(loaded.value);
  if (text === absenceText) {
    throw new TypeError(`The text ${absenceText} stands for an absent value`);
  }
  return { value: loaded.value, version: loaded.version, text };
}

/** What a load found, as the answer to a read. */
export function asRead<V>(
  source: 'miss' | 'bypass',
  loaded: LoadedText<V> | undefined,
): CacheLoad<V> | CacheAbsence {
  return loaded ? { source, text: loaded.text, value: loaded.value } : { source, value: undefined };
}
