/**
 * What a spreadsheet runs as a formula if a cell begins with it, by the list of OWASP's "CSV
 * Injection", and the apostrophe itself, so that its removal loses nothing.
 */
const RUNNABLE = /^['=+\-@\t\r\n＝＋－＠]/;

/** Returns a text as a cell that no spreadsheet runs: with an apostrophe in front if necessary. */
export function toSpreadsheetText(text: string): string {
  return RUNNABLE.test(text) ? `'${text}` : text;
}

/** Returns the text of a cell: without the apostrophe that `toSpreadsheetText` adds. */
export function fromSpreadsheetText(cell: string): string {
  return cell.startsWith("'") && RUNNABLE.test(cell.slice(1)) ? cell.slice(1) : cell;
}
