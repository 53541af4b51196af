/** The length, in characters of JSON, that is assumed for a product whose length is not known. */
const ASSUMED_LENGTH = 5000;

/**
 * The expected characters of a part. A part of unknown products has 25, whose texts take at most
 * 1.5 MiB: Redis returns, and this process checks, that much in some 10 ms.
 */
const PART_LENGTH = 25 * ASSUMED_LENGTH;

/**
 * Divides keys into parts, so that no command, statement or check of a large batch takes long.
 *
 * @param knownLength returns the length of a key's text, if it is known
 */
export function divideBatch(
  keys: readonly string[],
  knownLength: (key: string) => number | undefined,
): readonly (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  let partBegan = 0;
  let partLength = 0;
  for (const [index, key] of keys.entries()) {
    const expected = knownLength(key) ?? ASSUMED_LENGTH;
    if (partLength > 0 && partLength + expected > PART_LENGTH) {
      parts.push(keys.slice(partBegan, index));
      partBegan = index;
      partLength = 0;
    }
    partLength += expected;
  }
  parts.push(partBegan === 0 ? keys : keys.slice(partBegan));
  return parts;
}
