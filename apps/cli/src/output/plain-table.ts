import Table from 'cli-table3';

const GAP = 2;

/** A column of a plain table. */
export interface Column {
  readonly cells: readonly string[];
  /** Longer cells are cut off and end with `…`. */
  readonly width: number;
  /** Default `'left'`. */
  readonly align?: 'left' | 'right';
}

/**
 * Formats columns with the same number of cells as a table without borders; every row ends with a
 * line break.
 */
export function plainTable(columns: readonly Column[]): string {
  const table = new Table({
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
    colWidths: columns.map(({ width }) => width + GAP),
    colAligns: columns.map(({ align = 'left' }) => align),
  });
  const height = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < height; row += 1) {
    table.push(columns.map(({ cells }) => cells[row] ?? ''));
  }
  const lines = table.toString().split('\n');
  return lines.map((line) => `${withoutHalfCharacters(line).trimEnd()}\n`).join('');
}

/** Returns a column of numbers, as wide as the widest one. */
export function numberColumn(heading: string, numbers: readonly string[]): Column {
  const cells = [heading, ...numbers];
  return { cells, width: Math.max(...cells.map(({ length }) => length)), align: 'right' };
}

/** Returns how many columns of a terminal are left for one more column beside the given ones. */
export function widthLeft(width: number, columns: readonly Column[]): number {
  return columns.reduce((left, column) => left - column.width - GAP, width);
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
