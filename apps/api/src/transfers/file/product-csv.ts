import { type Product, productSchema } from '@product-api/contract';
import { fromSpreadsheetText, toSpreadsheetText } from './spreadsheet-text.js';

/** The fields of a product, in the order of their columns. */
// The keys of the schema are the fields of its output.
const fields = Object.keys(productSchema.shape) as readonly (keyof Product)[];

const fieldNames: ReadonlySet<string> = new Set(fields);

const texts: ReadonlySet<string> = new Set<keyof Product>(['name', 'description']);

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** The end of a record (RFC 4180 §2). */
const END = '\r\n';

/** The first line of a CSV file. */
export const csvHeader: string = fields.join(',') + END;

/** Returns a product as a record of a CSV file. */
export function csvRecord(product: Product): string {
  return fields.map((field) => cellOf(field, product[field])).join(',') + END;
}

function cellOf(field: string, value: string | number): string {
  const text = texts.has(field) ? toSpreadsheetText(String(value)) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Returns whether a column has the name of a field. */
export function isFieldName(name: string): boolean {
  return fieldNames.has(name);
}

/**
 * Returns the value of a cell as JSON has it; undefined if there is none, which is an empty cell of
 * an id or a number. A cell that is not a number is left as it is, for validation to refuse.
 */
export function valueOfCell(field: string, cell: string): string | number | undefined {
  if (!isFieldName(field)) {
    return cell;
  }
  if (texts.has(field)) {
    return fromSpreadsheetText(cell);
  }
  const text = cell.trim();
  if (text === '') {
    return undefined;
  }
  return field !== 'id' && DECIMAL.test(text) ? Number(text) : text;
}
