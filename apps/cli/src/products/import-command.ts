import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { FailedLine, ImportOptions, ImportSummary } from '@product-api/client';
import { FailedLinesError, ReportedError, UsageError } from '../errors.js';
import { idempotencyKey, KEY_HELP, oneOf } from '../input/option-values.js';
import { printable } from '../output/printable.js';
import { transferProgress } from '../output/transfer-progress.js';
import { write } from '../output/write.js';
import { writeWithKey } from '../requests/unconfirmed-write.js';
import type { OpenSession, Session } from '../session.js';
import { formatOf, formatOption } from './transfer-format.js';

const EXAMPLES = `
Examples:
  $ catalog products import products.ndjson
  $ catalog products import prices.csv --mode update --on-error skip --failed failed.ndjson
  $ catalog products import products.csv --dry-run
  $ zcat products.ndjson.gz | catalog products import -`;

const modes = ['upsert', 'create', 'update'] as const;
const reactions = ['stop', 'skip', 'reject_all'] as const;

/** Maximum number of failed lines that are shown; `--failed` writes all. */
const SHOWN_LINES = 20;

/** Adds the command `import`. */
export function addImportCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('import')
    .description(
      'Create and change a product for each line of a file; goes on after a broken connection',
    )
    .argument('<file>', 'path of the file, or - for standard input')
    .addOption(formatOption())
    .addOption(
      new Option(
        '--mode <mode>',
        'upsert: change the product with the id of a line, or create it; create or update: only that (default: upsert)',
      )
        .choices(modes)
        .argParser(oneOf('Mode', modes)),
    )
    .addOption(
      new Option(
        '--on-error <reaction>',
        'a line that fails: stop there, skip it, or reject_all, for up to 1,000 lines (default: stop)',
      )
        .choices(reactions)
        .argParser(oneOf('Reaction', reactions)),
    )
    .option('--dry-run', 'check all lines, and change nothing')
    .option('--failed <path>', 'write the failed lines with their errors to a file (NDJSON)')
    .option('--idempotency-key <key>', KEY_HELP, idempotencyKey)
    .addHelpText('after', EXAMPLES)
    .action(async (file, { format, failed, idempotencyKey: givenKey, ...options }) => {
      await importFile(await open(), {
        file,
        failedPath: failed,
        givenKey,
        options: { ...options, format: formatOf(file, format) },
      });
    });
}

interface ImportInput {
  readonly file: string;
  readonly failedPath: string | undefined;
  readonly givenKey: string | undefined;
  readonly options: ImportOptions;
}

async function importFile(session: Session, { file, failedPath, givenKey, options }: ImportInput) {
  const { client, signal, stderr } = session;
  const totalBytes = file === '-' ? undefined : await sizeOf(file);
  const failures = await openFailures(failedPath, session);
  const progress = transferProgress(stderr, () => performance.now());
  const source = openSource(file, session);
  try {
    const summary = await writeWithKey(givenKey, (idempotencyKey) =>
      client.products.import(source, {
        ...options,
        signal,
        idempotencyKey,
        onProgress: ({ bytes }) => progress.update({ bytes, totalBytes }),
        onFailed(line) {
          progress.clear();
          failures.add(line);
        },
      }),
    );
    progress.end();
    await failures.close();
    await printSummary(session, summary);
    if (summary.failed > 0 || !summary.complete) {
      throw new ReportedError(new FailedLinesError('Lines of the import failed'));
    }
  } finally {
    progress.end();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: no such file or directory`, { cause });
  }
}

/** Returns the function that opens the file. Standard input can be read only once. */
function openSource(file: string, { stdin, signal }: Session) {
  let isRead = false;
  return () => {
    if (file !== '-') {
      return createReadStream(file);
    }
    if (isRead) {
      throw new UsageError(
        'The connection broke, and standard input cannot be read again: import a file',
      );
    }
    isRead = true;
    return addAbortSignal(signal, stdin);
  };
}

interface Failures {
  add(line: FailedLine): void;
  close(): Promise<void>;
}

/** Writes failed lines to a file, or shows the first of them. */
async function openFailures(path: string | undefined, { stderr }: Session): Promise<Failures> {
  if (path !== undefined) {
    const output = createWriteStream(path);
    return {
      add: (line) => void output.write(`${JSON.stringify(line)}\n`),
      close: () => finished(output.end()),
    };
  }
  let count = 0;
  return {
    add({ line, errors }) {
      count += 1;
      if (count <= SHOWN_LINES) {
        for (const { field, message } of errors) {
          stderr.write(`line ${line}: ${printable(field)}: ${printable(message)}\n`);
        }
      }
    },
    async close() {
      if (count > SHOWN_LINES) {
        const more = `${count - SHOWN_LINES} more lines failed; --failed writes all to a file.\n`;
        await write(stderr, more);
      }
    },
  };
}

async function printSummary({ stdout, format }: Session, summary: ImportSummary): Promise<void> {
  if (format === 'json') {
    await write(stdout, `${JSON.stringify(summary)}\n`);
    return;
  }
  const { read, created, updated, unchanged, failed, complete } = summary;
  const counts = `${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed`;
  const end = complete ? '' : ' The import is not complete.';
  await write(stdout, `Read ${read} ${read === 1 ? 'line' : 'lines'}: ${counts}.${end}\n`);
}
