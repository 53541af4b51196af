import Table from 'cli-table3';

/** The spaces between two columns. */
export const GAP = 2;

/** A column of a plain table. */
export interface TableColumn {
  readonly cells: readonly string[];
  /** Longer cells are cut off and end with `…`. */
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** The library needs time that grows with the square of the rows of a table. */
const ROWS_AT_ONCE = 10;

/**
 * Formats columns with the same number of cells as a table without borders; every row ends with a
 * line break.
 */
export function plainTable(columns: readonly TableColumn[]): string {
  const height = columns[0]?.cells.length ?? 0;
  const parts: string[] = [];
  for (let start = 0; start < height; start += ROWS_AT_ONCE) {
    parts.push(formatRows(columns, start, Math.min(height, start + ROWS_AT_ONCE)));
  }
  return parts.join('');
}

function formatRows(columns: readonly TableColumn[], start: number, end: number): string {
  const table = new Table({
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
    colWidths: columns.map(({ width }) => width + GAP),
    colAligns: columns.map(({ align }) => align),
  });
  for (let row = start; row < end; row += 1) {
    table.push(columns.map(({ cells }) => cells[row] ?? ''));
  }
  const lines = table.toString().split('\n');
  return lines.map((line) => `${withoutHalfCharacters(line).trimEnd()}\n`).join('');
}

/** The table cuts between UTF-16 units, which can leave half of an emoji. */
function withoutHalfCharacters(line: string): string {
  return line.replace(/\p{Surrogate}/gu, ' ');
}

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
