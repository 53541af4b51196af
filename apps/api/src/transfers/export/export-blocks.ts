import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ExportQuery, type Product, toProductId } from '@product-api/contract';
import type { StreamBlocks } from '../../http/streams/stream-body.js';
import type { ProductCursor } from '../../products/product-cursor.js';
import { ProductNotFoundError } from '../../products/product-errors.js';
import type { ProductRepository } from '../../products/product-repository.js';
import { csvHeader, csvRecord } from '../file/product-csv.js';
import type { TransferObserver } from '../transfer-observer.js';

/** Products of a block. The driver of SQLite is synchronous: a page takes a few milliseconds. */
const PAGE_SIZE = 500;

interface Format {
  readonly header: string;
  readonly line: (product: Product) => string;
}

const formats: Readonly<Record<ExportQuery['format'], Format>> = {
  ndjson: { header: '', line: (product) => `${JSON.stringify(product)}\n` },
  csv: { header: csvHeader, line: csvRecord },
};

/** What an export needs. */
export interface ExportDependencies {
  readonly products: ProductRepository;
  readonly observer: TransferObserver;
}

/**
 * Returns the text of all products that match a query, page by page. The next page is read when the
 * caller asks for it, so that memory does not depend on the number of products.
 *
 * @throws {ProductNotFoundError} when there is no product `after` which to go on
 */
export async function* exportBlocks(
  { products, observer }: ExportDependencies,
  query: ExportQuery,
): StreamBlocks {
  const { format, after: lastId, ...listed } = query;
  const { header, line } = formats[format];
  let after = lastId === undefined ? undefined : await cursorBehind(products, lastId, query.sort);
  let block = header;
  for (;;) {
    const { items, next } = await products.list({ ...listed, limit: PAGE_SIZE }, after);
    for (const product of items) {
      block += line(product);
    }
    observer.lines('exported', items.length);
    if (block !== '') {
      yield block;
    }
    if (next === undefined) {
      return true;
    }
    after = next;
    block = '';
    // A client that reads fast must not keep other requests waiting.
    await nextTurn();
  }
}

async function cursorBehind(
  products: ProductRepository,
  idText: string,
  sort: ExportQuery['sort'],
): Promise<ProductCursor> {
  const id = toProductId(idText);
  const cursor = id === undefined ? undefined : await products.cursorBehind(id, sort);
  if (cursor === undefined) {
    throw new ProductNotFoundError();
  }
  return cursor;
}
