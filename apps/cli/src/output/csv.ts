/** What a spreadsheet would run, and the quotes that keep it from that. */
const FORMULA = /^'*[=+\-@\t\r]/;

const SPECIAL = /[",\r\n]/;

/**
 * Formats values as a line of CSV (RFC 4180). A text that a spreadsheet would run as a formula gets
 * a `'` in front. A list becomes one text, an object JSON, and null an empty text.
 */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map((value) => quoted(cell(value))).join(',')}\r\n`;
}

function cell(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? compound(value) : String(value ?? '');
  // No spreadsheet runs a number, and a program reads -5 as it is.
  return typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
}

function compound(value: object): string {
  return Array.isArray(value) ? value.join(' ') : JSON.stringify(value);
}

function quoted(text: string): string {
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
