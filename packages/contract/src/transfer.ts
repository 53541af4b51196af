import { z } from 'zod';
import { fieldErrorSchema } from './problem.js';
import { productSchema, toProductId } from './product.js';
import { productFilters, productSorts, requirePriceRange } from './product-list.js';
import { choice, fromBooleanText } from './query-values.js';
import { documented } from './schema-metadata.js';

/** The query parameters of an export. Any other parameter is a fault of the request. */
export const exportQuerySchema = productFilters
  .extend({
    format: documented(choice(['ndjson', 'csv']).default('ndjson'), {
      description:
        'NDJSON: a product on each line, as `GET /products/{id}` returns it. CSV: RFC 4180 in UTF-8, a product on each line after the names of the fields.',
    }),
    sort: documented(choice(productSorts).default('created'), {
      description:
        'The sort key, as in a list. While others change the catalog, only `created` and `-created` guarantee that each product which exists all the time is exported exactly once.',
    }),
    after: documented(
      z
        .string()
        .refine((text) => toProductId(text) !== undefined, 'Input should be the id of a product')
        .optional(),
      {
        description:
          'The id of the last product that was received before an export broke: the export goes on behind it. Repeat `sort` and the filters.',
        format: 'uuid',
      },
    ),
  })
  .strict()
  .superRefine(requirePriceRange);

/** The query of an export after parsing, with defaults. */
export type ExportQuery = z.output<typeof exportQuerySchema>;

/** The query parameters of an import. Any other parameter is a fault of the request. */
export const importQuerySchema = z
  .object({
    mode: documented(choice(['upsert', 'create', 'update']).default('upsert'), {
      description:
        'What a line does. upsert: changes the product with its `id`, or creates it. create: only creates. update: only changes. A line without an `id` creates a product with a new one.',
    }),
    on_error: documented(choice(['stop', 'skip', 'reject_all']).default('stop'), {
      description:
        'What a line that fails does. stop: the import ends before it and keeps what the lines before it did. skip: the import goes on without it. reject_all: the import changes nothing; such a file has at most 1,000 lines.',
    }),
    dry_run: documented(
      z.preprocess(
        fromBooleanText,
        z.boolean({ invalid_type_error: 'Input should be true or false' }).default(false),
      ),
      {
        description: '`true`: checks every line against the catalog as it is, and changes nothing.',
      },
    ),
    report: documented(choice(['failed', 'all']).default('failed'), {
      description:
        'Which lines are reported: those that failed, or all. The report of all lines begins before the file has been read: read it while you send.',
    }),
  })
  .strict();

/** The query of an import after parsing, with defaults. */
export type ImportQuery = z.output<typeof importQuerySchema>;

const line = documented(z.number().int().min(1), {
  description: 'The line of the file, from 1; of a CSV record with several lines the first.',
});

/** The report of a line that failed. */
export const failedLineSchema = z.object({ line, errors: z.array(fieldErrorSchema).min(1) });

/** A line that failed. */
export type FailedLine = z.output<typeof failedLineSchema>;

/** The report of a line that did not fail, with `report=all`. */
export const importedLineSchema = z.object({
  line,
  id: productSchema.shape.id,
  outcome: z.enum(['created', 'updated', 'unchanged']),
});

/** A line that did not fail. */
export type ImportedLine = z.output<typeof importedLineSchema>;

const count = z.number().int().min(0);

/** The counts of an import: lines without empty ones. */
export const importSummarySchema = z.object({
  read: count,
  created: count,
  updated: count,
  unchanged: count,
  failed: count,
  complete: z.boolean(),
});

/** What an import has done. `complete` is whether it has processed the whole file. */
export type ImportSummary = z.output<typeof importSummarySchema>;
