import type { ProductWrite } from './product-writes.js';

/** What a write costs besides its texts, in characters of a text that cost as much. */
const BASE_SIZE = 300;

/**
 * Maximum size of the writes that share a statement or a transaction. The words of the texts are
 * collected, and on SQLite the statement runs, on the event loop.
 */
export const MAX_SIZE_TOGETHER = 50_000;

/** Returns the size of a write, in characters. */
export function writeSize(write: ProductWrite): number {
  const { name = '', description = '' } = textsOf(write);
  return BASE_SIZE + name.length + description.length;
}

function textsOf(write: ProductWrite) {
  switch (write.kind) {
    case 'insert':
      return write.product;
    case 'update':
      return write.changes;
    case 'delete':
      return {};
  }
}
