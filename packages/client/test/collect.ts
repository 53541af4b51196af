/** Everything that an iterable has, as an array; what Node 20 lacks `Array.fromAsync` for. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}
