import { csvLine } from './csv.js';

/** The names of fields of an item. */
export type Fields<Item> = readonly (keyof Item & string)[];

/** Formats fields of an item as a line of CSV. */
export function csvRecord<Item>(item: Item, fields: Fields<Item>): string {
  return csvLine(fields.map((field) => item[field]));
}

/**
 * Formats an item as a JSON document on one line.
 *
 * @param fields default: all
 */
export function jsonRecord<Item>(item: Item, fields?: Fields<Item>): string {
  const picked = fields && Object.fromEntries(fields.map((field) => [field, item[field]]));
  return `${JSON.stringify(picked ?? item)}\n`;
}
