import { MAX_BATCH_SIZE, toProductId } from '@product-api/contract';

/** The ids of a batch, each once, in their order. */
export interface DifferentIds {
  /** The text that was sent, by its product id, or by itself if it is not one. */
  readonly asked: ReadonlyMap<string, string>;
  /** Those that are product ids. */
  readonly ids: readonly string[];
  /** The lengths of their products' texts, as far as they are known. */
  readonly lengths: readonly (number | undefined)[];
}

/**
 * Returns the ids of a batch, each once, in their order.
 *
 * @param knownLength returns the length of a product's text, if it is known
 */
export function differentIds(
  texts: readonly string[],
  knownLength: (text: string) => number | undefined,
): DifferentIds {
  const asked = new Map<string, string>();
  const ids: string[] = [];
  const lengths: (number | undefined)[] = [];
  for (const text of texts) {
    const length = knownLength(text);
    // What is known under a text is a product, so the text need not be compared with the pattern.
    const id = length === undefined ? toProductId(text) : text;
    if (!asked.has(id ?? text)) {
      asked.set(id ?? text, text);
      if (id !== undefined) {
        ids.push(id);
        lengths.push(length);
      }
    }
  }
  return { asked, ids, lengths };
}

/**
 * Returns the ids in a body that is certainly valid; undefined for any other body, about which the
 * contract's schema decides. The schema takes many times as long for a hundred ids.
 */
export function certainIds(body: unknown): readonly string[] | undefined {
  if (typeof body !== 'object' || body === null || !('ids' in body)) {
    return undefined;
  }
  const ids: unknown = body.ids;
  const isValid =
    Array.isArray(ids) &&
    ids.length >= 1 &&
    ids.length <= MAX_BATCH_SIZE &&
    ids.every((id) => typeof id === 'string');
  return isValid ? ids : undefined;
}
