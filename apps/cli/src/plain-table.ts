import Table from 'cli-table3';

const gap = 2;

/** A column of a plain table. */
export interface Column {
  readonly cells: readonly string[];
  /** What is longer is cut off, with `…`. */
  readonly width: number;
  /** Default left. */
  readonly align?: 'left' | 'right';
}

/** Lays columns of equal height out without lines between them, each row ended by a line break. */
export function plainTable(columns: readonly Column[]): string {
  const table = new Table({
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [] },
    colWidths: columns.map(({ width }) => width + gap),
    colAligns: columns.map(({ align = 'left' }) => align),
  });
  const height = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < height; row += 1) {
    table.push(columns.map(({ cells }) => cells[row] ?? ''));
  }
  const lines = table.toString().split('\n');
  return lines.map((line) => `${withoutHalfCharacters(line).trimEnd()}\n`).join('');
}

/** The width that a plain table has beside that of one more column. */
export function widthBeside(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width + gap, gap);
}

/** The table cuts between UTF-16 units, so half of an emoji can be left over. */
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
