import { initContract } from '@ts-rest/core';
import { idempotencyHeaders } from './idempotency-key.js';
import { problemSchema, scopedRouteProblems } from './problem.js';
import { bodyPreference, idempotencyProblems } from './product-routes.js';
import { streamRate } from './rate.js';
import type { RouteMetadata } from './route-metadata.js';
import { exportQuerySchema, importQuerySchema } from './transfer.js';
import {
  exportMediaTypes,
  importMediaTypes,
  NDJSON_MEDIA_TYPE,
  reportMediaTypes,
} from './transfer-media-types.js';

const c = initContract();

/** The response of a stream. Its media type is that of the request’s choice. */
const streamed = c.otherResponse({
  contentType: NDJSON_MEDIA_TYPE,
  body: c.type<AsyncIterable<string>>(),
});

/** The routes that move many products in or out with one request. */
export const transferRoutes = c.router(
  {
    exportProducts: {
      method: 'GET',
      path: '/exports/products',
      summary: 'Export products',
      description:
        'Streams all products that match the filters. The response is complete if its chunked encoding ends properly; if anything goes wrong, the service breaks the connection. Then send the request again with `after`. In CSV, a text that a spreadsheet would run as a formula has an apostrophe in front, which an import removes.',
      query: exportQuerySchema,
      responses: { 200: streamed, 404: problemSchema },
      metadata: {
        access: 'products:read',
        rate: streamRate,
        responses: { 200: 'The products.' },
        headers: { 200: ['Content-Disposition', 'Changes-Cursor'] },
        furtherProblems: ['product-not-found'],
        stream: { response: exportMediaTypes },
      } satisfies RouteMetadata,
    },
    importProducts: {
      method: 'POST',
      path: '/imports/products',
      summary: 'Import products',
      description: [
        'Creates and changes a product for each line of a file, which may be compressed by gzip. A line of NDJSON is an object with the fields of a product; the first line of a CSV file has their names. Empty lines are left out, and so are empty cells of `id` and of numbers. A product that already is as its line says is not written.',
        'The service commits 200 lines at a time. Its report has a line `{"line", "errors"}` for each line that failed, and ends with `{"summary"}`; the counts are of lines, without empty ones. If the import could not go on, `complete` is false and the problem document is beside the summary: `{"summary", "problem"}`. A report without a summary is not complete.',
        'With an `Idempotency-Key`, the same file sent again with the same query goes on where the import stopped: every line is imported once, and failed lines are reported again.',
      ].join('\n\n'),
      query: importQuerySchema,
      headers: idempotencyHeaders.merge(bodyPreference),
      body: c.type<undefined>(),
      responses: { 200: streamed, 415: problemSchema, ...idempotencyProblems },
      metadata: {
        access: 'products:write',
        rate: streamRate,
        responses: { 200: 'The report.' },
        headers: { 200: ['Idempotent-Replayed', 'Preference-Applied'] },
        stream: { request: importMediaTypes, response: reportMediaTypes },
      } satisfies RouteMetadata,
    },
  },
  {
    strictStatusCodes: true,
    commonResponses: scopedRouteProblems,
  },
);
