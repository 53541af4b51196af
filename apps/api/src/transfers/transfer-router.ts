import { CSV_MEDIA_TYPE, contract, NDJSON_MEDIA_TYPE } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { Request, Response } from 'express';
import { discardBody } from '../http/body/discard-body.js';
import { prefersStrictHandling } from '../http/headers/prefer.js';
import type { DescribeError } from '../http/problems/error-handler.js';
import { problemDocument } from '../http/problems/problem-response.js';
import { holdBack } from '../http/streams/hold-back.js';
import { receiveBody } from '../http/streams/receive-body.js';
import type { RunningStreams, StreamKind } from '../http/streams/running-streams.js';
import { emptyBody, type StreamBlocks, streamBody } from '../http/streams/stream-body.js';
import { keyedRequest } from '../idempotency/keyed-request.js';
import { readerOf } from './import/import-file.js';
import { importReport, type ReportOptions } from './import/import-report.js';
import type { TransferService } from './transfer-service.js';

/** Options of the routes of imports and exports. */
export interface TransferRouterOptions {
  readonly streams: RunningStreams<StreamKind>;
  /** Describes and logs an error. */
  readonly describe: DescribeError;
  /** Maximum bytes of a line. */
  readonly lineLimitBytes: number;
}

const mediaTypes = { ndjson: NDJSON_MEDIA_TYPE, csv: `${CSV_MEDIA_TYPE}; charset=utf-8` } as const;

/** Binds the contract's routes of imports and exports to the service. */
export function transferRouter(
  service: TransferService,
  { streams, describe, lineLimitBytes }: TransferRouterOptions,
) {
  const bodyOf = streamBody(streams, describe);
  return initServer().router(contract.transfers, {
    exportProducts: async ({ query, res: response }) => {
      const changesCursor = await service.changesCursor();
      const body =
        response.req.method === 'HEAD'
          ? emptyBody()
          : await bodyOf('export', response, service.export(query), 'break');
      response.setHeader('Content-Type', mediaTypes[query.format]);
      response.setHeader('Content-Disposition', `attachment; filename="products.${query.format}"`);
      response.setHeader('Changes-Cursor', changesCursor);
      return { status: 200, body };
    },
    importProducts: async (input) => {
      const { query, headers, res: response } = input;
      const { req: request } = response;
      const readLines = readerOf(request.headers);
      const isStrict = prefersStrictHandling(headers.prefer);
      const keyed = query.dry_run ? undefined : keyedRequest(input);
      const { apiKeyId: changedBy } = request;
      const run = await service.beginImport({ query, isStrict, keyed, changedBy });
      const lines = readLines(receiveBody(response, streams.stopped), lineLimitBytes);
      const report = importReport(run, lines, reporting(describe, request));
      const blocks = untilRead(
        query.report === 'all' ? report : holdBack(report, request),
        response,
      );
      // It ends by itself, after it has committed what it has read.
      const body = await bodyOf('import', response, blocks);
      response.setHeader('Content-Type', NDJSON_MEDIA_TYPE);
      if (isStrict) {
        response.setHeader('Preference-Applied', 'handling=strict');
      }
      return { status: 200, body };
    },
  });
}

function reporting(describe: DescribeError, request: Request): ReportOptions {
  return {
    describe: (error) => describe(error, request),
    documentOf: ({ kind, message, errors, extensions }) =>
      problemDocument(kind, message, request.id, errors, extensions),
  };
}

/** Discards what is left of the request when the response is complete. */
async function* untilRead(blocks: StreamBlocks, response: Response): StreamBlocks {
  const { req: request } = response;
  const isComplete = yield* blocks;
  if (!request.complete) {
    // Whatever has read the body does not read on.
    request.unpipe();
    request.removeAllListeners('readable');
    discardBody(request, response);
  }
  return isComplete;
}
