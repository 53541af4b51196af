import type { ImportSummary } from '@product-api/contract';
import { turnSlices } from '../../concurrency/turn-slices.js';
import type { ProblemError } from '../../http/problems/problem-errors.js';
import { ClientGoneError } from '../../http/streams/receive-body.js';
import type { StreamBlocks } from '../../http/streams/stream-body.js';
import type { SourceLine } from '../file/source-line.js';
import type { ImportProgress } from './import-progress.js';
import type { LineReport, ProductImport } from './product-import.js';

/** How a report is written. */
export interface ReportOptions {
  /** Returns the problem of an error that ends the import. */
  readonly describe: (error: unknown) => ProblemError;
  /** Returns the problem document of a problem. */
  readonly documentOf: (problem: ProblemError) => object;
}

/**
 * Imports lines, and returns the report, which ends with the summary. An error ends the import, and
 * is a part of the summary; the lines that were read before it are committed.
 *
 * @throws {ClientGoneError} when nobody is left to read the report
 */
export async function* importReport(
  run: ProductImport,
  lines: AsyncIterable<SourceLine>,
  { describe, documentOf }: ReportOptions,
): StreamBlocks {
  // Many lines arrive at once, and the reader of a file need not wait for the next one.
  const endOfSlice = turnSlices();
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const line of lines) {
      yield* blockOf(await run.add(line));
      if (run.isStopped) {
        break;
      }
      await endOfSlice();
    }
  } catch (error) {
    if (error instanceof ClientGoneError) {
      throw error;
    }
    failure = { error };
  }
  try {
    yield* blockOf(await run.commit(failure === undefined && !run.isStopped));
  } catch (error) {
    failure ??= { error };
  }
  const summary = summaryOf(run.progress);
  const problem = failure && { problem: documentOf(describe(failure.error)) };
  yield `${JSON.stringify({ summary, ...problem })}\n`;
  return summary.complete;
}

function* blockOf(reports: readonly LineReport[]): Generator<string> {
  if (reports.length > 0) {
    yield reports.map((report) => `${JSON.stringify(report)}\n`).join('');
  }
}

function summaryOf(progress: ImportProgress): ImportSummary {
  const { read, created, updated, unchanged, failed, isComplete } = progress;
  return { read, created, updated, unchanged, failed, complete: isComplete };
}
