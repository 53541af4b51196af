import { type RawResponse, send } from '../raw-request.js';

/** The response to an import: the report of each line, and its last line. */
export interface ImportResponse {
  readonly status: number;
  readonly headers: RawResponse['headers'];
  readonly lines: readonly { line: number; id?: string; outcome?: string; errors?: unknown[] }[];
  readonly summary: Readonly<Record<string, number | boolean>>;
  readonly problem: { readonly type: string; readonly detail: string; readonly errors?: unknown };
}

/** Options of an import. */
export interface ImportOptions {
  /** Such as `mode=create&on_error=skip`. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a file, NDJSON unless its headers say otherwise, and returns the report. */
export async function importFile(
  baseUrl: string,
  body: string | Buffer,
  { query = '', headers }: ImportOptions = {},
): Promise<ImportResponse> {
  const response = await send(baseUrl, {
    method: 'POST',
    path: `/imports/products?${query}`,
    headers: { 'Content-Type': 'application/x-ndjson', ...headers },
    body,
  });
  const report = response.text.split('\n').filter((line) => line !== '');
  const lines = report.map((line) => JSON.parse(line));
  const { summary, problem } = lines.at(-1) ?? {};
  const { status } = response;
  return { status, headers: response.headers, lines: lines.slice(0, -1), summary, problem };
}

/** Returns the text of an export. */
export async function exportText(baseUrl: string, query = ''): Promise<string> {
  return (await send(baseUrl, { path: `/exports/products?${query}` })).text;
}

/** Returns values as NDJSON. */
export function ndjson(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** Returns so many different new products, as lines of NDJSON. */
export function numberedLines(count: number, from = 0): string {
  return ndjson(
    Array.from({ length: count }, (_, index) => ({
      name: `Product ${from + index}`,
      description: '',
      price: 1,
      stock_quantity: from + index,
    })),
  );
}
