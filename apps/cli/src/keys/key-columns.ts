import type { ApiKey } from '@product-api/client';
import { type Column, eachCell } from '../output/column.js';
import { printable } from '../output/printable.js';

/** The columns of a list of API keys. */
export const keyColumns: readonly Column<ApiKey>[] = [
  { field: 'id', heading: 'ID', cells: eachCell(({ id }) => id) },
  {
    field: 'name',
    heading: 'NAME',
    cells: eachCell(({ name }) => printable(name)),
    text: { least: 12, wanted: 24 },
  },
  {
    field: 'scopes',
    heading: 'SCOPES',
    cells: eachCell(({ scopes }) => scopes.join(' ')),
    text: { least: 13, wanted: 40 },
  },
  {
    field: 'expires_at',
    heading: 'EXPIRES',
    cells: eachCell(({ expires_at }) => expiryText(expires_at)),
    leaveOut: 1,
  },
  {
    field: 'created_at',
    heading: 'CREATED',
    cells: eachCell(({ created_at }) => created_at),
    leaveOut: 2,
  },
];

function expiryText(expiresAt: string | null): string {
  if (expiresAt === null) {
    return 'never';
  }
  return Date.parse(expiresAt) <= Date.now() ? `${expiresAt} (expired)` : expiresAt;
}
