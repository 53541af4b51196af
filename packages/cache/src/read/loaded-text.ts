import type { CacheAbsence, CacheLoad, Load, Loaded } from './cache-read.js';
import { ABSENCE_TEXT, type Codec } from './codec.js';

/** A loaded value with its text. */
export interface LoadedText<V> extends Loaded<V> {
  readonly text: string;
}

/**
 * Loads a key and encodes its value.
 *
 * @throws {Error} when `load` or `encode` fails, with its error.
 * @throws {TypeError} when the codec encodes a value as the text of an absent one.
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
  if (text === ABSENCE_TEXT) {
    throw new TypeError(
      `The codec must not encode a value as ${ABSENCE_TEXT}, which stands for an absent value`,
    );
  }
  return { value: loaded.value, version: loaded.version, text };
}

/** Returns a loaded value as the result of a read. */
export function asRead<V>(
  source: 'miss' | 'bypass',
  loaded: LoadedText<V> | undefined,
): CacheLoad<V> | CacheAbsence {
  return loaded ? { source, text: loaded.text, value: loaded.value } : { source, value: undefined };
}
