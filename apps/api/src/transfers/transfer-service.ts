import type { Cache } from '@product-api/cache';
import type { ExportQuery, Product } from '@product-api/contract';
import type { StreamBlocks } from '../http/streams/stream-body.js';
import type { ProductRepository } from '../products/product-repository.js';
import { exportBlocks } from './export/export-blocks.js';
import { noProgress } from './import/import-progress.js';
import type { ImportRepository } from './import/import-repository.js';
import { type ImportOptions, ProductImport } from './import/product-import.js';
import type { TransferObserver } from './transfer-observer.js';

/** Options of the transfer service. */
export interface TransferServiceOptions {
  readonly products: ProductRepository;
  readonly imports: ImportRepository;
  readonly cache: Cache<Product>;
  /** Returns the id of a new product. */
  readonly newId: () => string;
  readonly observer: TransferObserver;
  /** Returns the cursor of the end of the feed of changes. */
  readonly changesCursor: () => Promise<string>;
}

/** The import that a request asks for. */
export type RequestedImport = Omit<ImportOptions, 'newId' | 'mode'>;

/** The use cases of imports and exports. */
export class TransferService {
  readonly #options: TransferServiceOptions;

  constructor(options: TransferServiceOptions) {
    this.#options = options;
  }

  /**
   * Returns the cursor of the end of the feed of changes. If it is read before an export, the
   * export and the changes after the cursor miss nothing.
   */
  changesCursor(): Promise<string> {
    return this.#options.changesCursor();
  }

  /** Returns the text of all products that match a query, see `exportBlocks`. */
  export(query: ExportQuery): StreamBlocks {
    return exportBlocks(this.#options, query);
  }

  /**
   * Begins an import, or goes on with one that has the same key.
   *
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async beginImport(requested: RequestedImport): Promise<ProductImport> {
    const { imports, cache, newId, observer } = this.#options;
    const { query, keyed } = requested;
    const progress = keyed ? await imports.progress(keyed) : noProgress;
    if (progress.isComplete) {
      keyed?.onReplay();
    }
    const options = { ...requested, mode: query.mode, newId };
    return new ProductImport({ repository: imports, cache, observer }, options, progress);
  }
}
