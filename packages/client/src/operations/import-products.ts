import { ConnectionError } from '../errors/connection-errors.js';
import { ServerError } from '../errors/server-errors.js';
import {
  checkFailedLine,
  checkImportSummary,
  type FailedLine,
  type ImportSummary,
  routes,
} from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { idempotencyHeader, newIdempotencyKey } from '../http/idempotency-key.js';
import { requestPath } from '../http/request-path.js';
import type { ImportOptions, ImportSource } from '../options/transfer-options.js';
import { readLine, refuseFailure } from '../responses/read-success.js';
import { responseError } from '../responses/response-error.js';
import type { FinalResponse } from '../transport/retry.js';
import type { Transport } from '../transport/transport.js';
import { importBody } from './import-body.js';
import { decodedText, Resumption, withoutTimeout } from './resumed-stream.js';
import { strictHandling } from './send-to-route.js';

const mediaTypes = { ndjson: 'application/x-ndjson', csv: 'text/csv' };

/** Imports products, and goes on after a broken connection. */
export async function importProducts(
  transport: Transport,
  source: ImportSource,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const stop = new AbortController();
  const abort = () => stop.abort(options.signal?.reason);
  if (options.signal?.aborted) {
    abort();
  }
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    return await untilComplete(transport, source, { ...options, stop });
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

/** Sends an import again until its report has a summary. */
async function untilComplete(
  transport: Transport,
  source: ImportSource,
  { stop, ...options }: ImportOptions & { readonly stop: AbortController },
): Promise<ImportSummary> {
  const { signal } = stop;
  const resumption = new Resumption(signal);
  const key = options.idempotencyKey ?? newIdempotencyKey();
  let lastFailed = 0;
  for (;;) {
    const { response, policy } = await begin(transport, source, {
      ...options,
      idempotencyKey: key,
      stop,
    });
    try {
      for await (const line of linesOf(decodedText(response.stream, response.request, signal))) {
        const failed = readReport(line, response);
        if ('summary' in failed) {
          return summaryOf(failed, response);
        }
        // A line is reported again when an import goes on.
        if (failed.line > lastFailed) {
          lastFailed = failed.line;
          resumption.reset();
          options.onFailed?.(failed);
        }
      }
      throw new ConnectionError(response.request, new Error('The report has no summary'));
    } catch (error) {
      if (!isTemporary(error)) {
        throw error;
      }
      await resumption.afterFailure(error, policy);
    }
  }
}

/** Sends the file, and returns the response when the report begins. */
async function begin(
  transport: Transport,
  source: ImportSource,
  options: ImportOptions & { readonly idempotencyKey: string; readonly stop: AbortController },
): Promise<FinalResponse> {
  const { format = 'ndjson', mode, onError, dryRun, idempotencyKey, stop } = options;
  const { method, path } = routes.transfers.importProducts;
  const begun = await transport({
    method,
    path: requestPath(path, {}, { mode, on_error: onError, dry_run: dryRun }),
    headers: {
      'content-type': mediaTypes[format],
      ...strictHandling,
      ...idempotencyHeader(idempotencyKey),
    },
    // A source that fails must end the call: the connection would seem to have failed.
    body: () => importBody(source, options.onProgress, (error) => stop.abort(error)),
    options: withoutTimeout({ ...options, signal: stop.signal }),
    retriedAfter: 'failures',
    streamed: true,
  });
  refuseFailure(begun.response);
  return begun;
}

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** The last line of a report. */
interface ReportEnd {
  readonly summary: ImportSummary;
  /** Why the import could not go on. */
  readonly problem: { readonly status?: unknown } | undefined;
}

/** Reads a line of a report. */
function readReport(line: string, response: HttpResponse): FailedLine | ReportEnd {
  return readLine<FailedLine | ReportEnd>(
    (report, path) =>
      isEnd(report)
        ? { summary: checkImportSummary(report.summary, 'summary'), problem: report.problem }
        : checkFailedLine(report, path),
    line,
    response,
  );
}

function isEnd(report: unknown): report is ReportEnd {
  return typeof report === 'object' && report !== null && 'summary' in report;
}

/** Returns the summary of a report, or throws the error that has ended the import. */
function summaryOf({ summary, problem }: ReportEnd, response: HttpResponse): ImportSummary {
  if (problem === undefined) {
    return summary;
  }
  const status = Number(problem.status);
  throw responseError({ ...response, status, text: JSON.stringify(problem) });
}

/** Returns whether the import may go on later: the service stops, is busy, or was not reached. */
function isTemporary(error: unknown): boolean {
  return error instanceof ConnectionError || (error instanceof ServerError && error.status === 503);
}
