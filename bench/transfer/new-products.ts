const DESCRIPTION = 'Ergonomic wireless mouse with three buttons and a battery for two years.';

/** Returns a new product, different for each number. */
export function newProduct(n: number) {
  return {
    name: `Product ${n}`,
    description: DESCRIPTION,
    price: 29.99,
    stock_quantity: n % 500,
  };
}

/** Returns so many new products, one after the other, as lines of NDJSON. */
export function* newLines(count: number): Generator<string, void, undefined> {
  for (let n = 0; n < count; n++) {
    yield `${JSON.stringify(newProduct(n))}\n`;
  }
}
