/** The length, in characters of JSON, that is assumed for a product whose length is not known. */
const ASSUMED_LENGTH = 5000;

/**
 * The expected characters of a part. A part of unknown products has 25, whose texts take at most
 * 1.5 MiB: Redis returns, and this process checks, that much in some 10 ms.
 */
const PART_LENGTH = 25 * ASSUMED_LENGTH;

/**
 * Divides the products of a large batch into parts, so that no command, statement or check takes
 * long, nor the printing of a part.
 *
 * @param knownLength returns the length of a product's text, if it is known
 */
export function divideBatch<Item>(
  items: readonly Item[],
  knownLength: (item: Item, index: number) => number | undefined,
): readonly (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  let partBegan = 0;
  let partLength = 0;
  for (const [index, item] of items.entries()) {
    const expected = knownLength(item, index) ?? ASSUMED_LENGTH;
    if (partLength > 0 && partLength + expected > PART_LENGTH) {
      parts.push(items.slice(partBegan, index));
      partBegan = index;
      partLength = 0;
    }
    partLength += expected;
  }
  parts.push(partBegan === 0 ? items : items.slice(partBegan));
  return parts;
}
