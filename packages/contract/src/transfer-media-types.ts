/** JSON values, each on a line of its own. */
export const NDJSON_MEDIA_TYPE = 'application/x-ndjson';

/** Comma-separated values (RFC 4180). */
export const CSV_MEDIA_TYPE = 'text/csv';

const EXAMPLE_ID = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';

const productLine = `{"id":"${EXAMPLE_ID}","name":"Wireless Mouse","description":"Ergonomic wireless mouse","price":29.99,"stock_quantity":100}\n`;

const csv = `id,name,description,price,stock_quantity\r\n${EXAMPLE_ID},Wireless Mouse,Ergonomic wireless mouse,29.99,100\r\n`;

/** The media types of an export, each with an example. */
export const exportMediaTypes = {
  [NDJSON_MEDIA_TYPE]: productLine,
  [CSV_MEDIA_TYPE]: csv,
} as const;

/** The media types of an import, each with an example. */
export const importMediaTypes = {
  [NDJSON_MEDIA_TYPE]: productLine,
  'application/jsonl': productLine,
  [CSV_MEDIA_TYPE]: csv,
} as const;

/** The media type of the report of an import, with an example. */
export const reportMediaTypes = {
  [NDJSON_MEDIA_TYPE]: [
    '{"line":3,"errors":[{"field":"price","message":"Value error, Price must be greater than zero"}]}\n',
    '{"summary":{"read":1000,"created":990,"updated":5,"unchanged":4,"failed":1,"complete":true}}\n',
  ].join(''),
} as const;
