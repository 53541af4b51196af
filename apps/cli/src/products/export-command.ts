import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { type ExportTextQuery, productSorts } from '@product-api/client';
import { writeCursor } from '../changes/cursor-file.js';
import { UsageError } from '../errors.js';
import { oneOf } from '../input/option-values.js';
import { transferProgress } from '../output/transfer-progress.js';
import { write } from '../output/write.js';
import type { OpenSession, Session } from '../session.js';
import { filterOptions, filterQuery } from './product-filters.js';
import { formatOf, formatOption } from './transfer-format.js';

const CURSOR_HELP =
  'keep the cursor there with which catalog changes follow goes on behind the file';

const EXAMPLES = `
Examples:
  $ catalog products export products.ndjson
  $ catalog products export prices.csv --in-stock --sort -price
  $ catalog products export | gzip > products.ndjson.gz
  $ catalog products export copy.ndjson --cursor-file changes.cursor`;

/** Adds the command `export`. */
export function addExportCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('export')
    .description(
      'Write all products to a file, or to standard output; goes on after a broken connection',
    )
    .argument('[file]', 'path of the file (default: standard output)')
    .addOption(formatOption())
    .addOption(
      new Option('--sort <key>', 'sort key; a leading minus sorts descending (default: created)')
        .choices(productSorts)
        .argParser(oneOf('Sort key', productSorts)),
    )
    .addOption(filterOptions.inStock())
    .addOption(filterOptions.outOfStock())
    .addOption(filterOptions.minPrice())
    .addOption(filterOptions.maxPrice())
    .option('--cursor-file <path>', CURSOR_HELP)
    .addHelpText('after', EXAMPLES)
    .action(async (file, { format, sort, cursorFile, ...filters }) => {
      const query = { format: formatOf(file, format), sort, ...filterQuery(filters) };
      await exportTo(await open(), file, query, cursorFile);
    });
}

async function exportTo(
  session: Session,
  file: string | undefined,
  query: ExportTextQuery,
  cursorFile: string | undefined,
) {
  const { client, signal, stdout, stderr } = session;
  const progress = transferProgress(stderr, () => performance.now());
  let bytes = 0;
  let cursor: string | undefined;
  const onChangesCursor = (received: string) => {
    cursor = received;
  };
  const options = { signal, ...(cursorFile !== undefined && { onChangesCursor }) };
  async function* parts() {
    for await (const text of client.products.exportText(query, options)) {
      bytes += Buffer.byteLength(text);
      if (file !== undefined) {
        progress.update({ bytes });
      }
      yield text;
    }
  }
  try {
    await pipeline(parts, file === undefined ? openOutput(stdout) : createWriteStream(file));
    if (cursorFile !== undefined && cursor !== undefined) {
      await writeCursor(cursorFile, cursor);
    }
  } catch (error) {
    throw isFileError(error, file)
      ? new UsageError(`${file} cannot be written: ${error.message}`)
      : error;
  } finally {
    progress.end();
  }
}

/** Wraps standard output, which must stay open. */
function openOutput(stdout: Session['stdout']): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      write(stdout, chunk.toString()).then(() => done(), done);
    },
  });
}

function isFileError(error: unknown, file: string | undefined): error is NodeJS.ErrnoException {
  return file !== undefined && error instanceof Error && 'path' in error && error.path === file;
}
