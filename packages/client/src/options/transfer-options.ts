import type {
  CreateProduct,
  ExportQueryParameters,
  FailedLine,
  ImportQueryParameters,
  UpdateProduct,
} from '../generated/contract.js';
import type { HeaderSource } from '../http/request-headers.js';
import type { RetryOptions } from './retry-options.js';

/** Options of an import and an export. They have no time limit. */
interface TransferOptions {
  /** Aborts the transfer, which then throws the signal's `reason`. */
  readonly signal?: AbortSignal | undefined;
  /** Headers of its requests, or a function that returns them. They replace the client's. */
  readonly headers?: HeaderSource | undefined;
  /**
   * How broken connections are retried. The limit counts those after which nothing more came.
   * Omitted fields: the client's, but at least 10 retries unless the client has none.
   */
  readonly retry?: RetryOptions | undefined;
}

/** Options of an export. */
export interface ExportOptions extends TransferOptions {
  /**
   * Called once, before the first product, with the cursor of the changes that the export may lack:
   * the export and `changes.follow({ after })` together miss nothing.
   */
  readonly onChangesCursor?: ((cursor: string) => void) | undefined;
}

/** The query of an export: filters and the sort key. */
export type ExportQuery = {
  readonly [Field in Exclude<keyof ExportQueryParameters, 'format' | 'after'>]?:
    | ExportQueryParameters[Field]
    | undefined;
};

/** The query of an export as text. */
export interface ExportTextQuery extends ExportQuery {
  /** Default: `ndjson`. */
  readonly format?: ExportQueryParameters['format'] | undefined;
}

/** A product of an import. With an `id`, the fields to change are enough if the product exists. */
export type ImportedProduct = (CreateProduct | UpdateProduct) & { readonly id?: string };

/** What an import reads: products, or the text or bytes of a file. */
type ImportContent = Iterable<ImportedProduct | string | Uint8Array>;

/** Products, or a function that opens a file or returns products, from the beginning each time. */
export type ImportSource =
  | readonly ImportedProduct[]
  | (() => ImportContent | AsyncIterable<ImportedProduct | string | Uint8Array>);

/** How much of an import was sent. After a broken connection it begins again. */
export interface ImportProgress {
  readonly bytes: number;
}

/** Options of an import. */
export interface ImportOptions extends TransferOptions {
  /** The format of a file. Default: `ndjson`, which objects are sent as, too. */
  readonly format?: 'ndjson' | 'csv' | undefined;
  /** What a line does. Default: `upsert`. */
  readonly mode?: ImportQueryParameters['mode'] | undefined;
  /** What a line that fails does to the import. Default: `stop`. */
  readonly onError?: ImportQueryParameters['on_error'] | undefined;
  /** Whether nothing is changed. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Called while the file is sent. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Called for each line that failed, once. */
  readonly onFailed?: ((line: FailedLine) => void) | undefined;
  /**
   * Identifies the import. Set it to go on with an import after a restart of your program. 1 to 255
   * visible ASCII characters. Default: a random key.
   */
  readonly idempotencyKey?: string | undefined;
}
