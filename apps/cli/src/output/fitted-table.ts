import type { Column } from './column.js';
import { GAP, plainTable, type TableColumn } from './plain-table.js';

/** Every text shows at least this many characters, also if the table is then too wide. */
const MIN_TEXT_WIDTH = 4;

/** A column with its cells in a table. */
interface Fitting extends TableColumn {
  readonly least: number;
  readonly wanted: number;
  readonly isText: boolean;
  readonly leaveOut: number;
}

/**
 * Formats items as a table with one line per item that fits a width if it can: columns are left
 * out, then texts are cut off.
 *
 * @param width columns of the terminal
 * @param keepsAll whether no column may be left out. Default false
 */
export function fittedTable<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  { width, keepsAll = false }: { readonly width: number; readonly keepsAll?: boolean },
): string {
  const all = columns.map((column) => fitting(column, items));
  return plainTable(withWidths(keepsAll ? all : withoutExcess(all, width), width));
}

function fitting<Item>(column: Column<Item>, items: readonly Item[]): Fitting {
  const { heading, align = 'left', text, leaveOut = 0 } = column;
  const cells = [heading, ...column.cells(items)];
  const width = cells.reduce((widest, cell) => Math.max(widest, mostWidth(cell)), 0);
  const least = Math.min(width, text?.least ?? width);
  const wanted = Math.min(width, text?.wanted ?? width);
  return { cells, width, align, least, wanted, isText: text !== undefined, leaveOut };
}

/** Leaves out columns, the one with the highest number first, until the others fit. */
function withoutExcess(columns: readonly Fitting[], width: number): readonly Fitting[] {
  const last = Math.max(0, ...columns.map(({ leaveOut }) => leaveOut));
  return last === 0 || widthOf(columns, ({ least }) => least) <= width
    ? columns
    : withoutExcess(
        columns.filter(({ leaveOut }) => leaveOut !== last),
        width,
      );
}

/** Gives each text its least width, then what it wants, and what is left to the last one. */
function withWidths(columns: readonly Fitting[], width: number): TableColumn[] {
  const widths = columns.map(({ least }) => least);
  let left = width - widthOf(columns, ({ least }) => least);
  const texts = columns.flatMap(({ isText }, index) => (isText ? [index] : []));
  const resize = (index: number, most: number) => {
    const old = widths[index] ?? 0;
    const changed = Math.max(MIN_TEXT_WIDTH, Math.min(most, old + left));
    widths[index] = changed;
    left -= changed - old;
  };
  for (const index of texts) {
    resize(index, columns[index]?.wanted ?? 0);
  }
  for (const index of texts.slice(-1)) {
    resize(index, Math.max(widths[index] ?? 0, columns[index]?.width ?? 0));
  }
  return columns.map((column, index) => ({ ...column, width: widths[index] ?? column.width }));
}

/** Returns how many columns of a terminal a text needs at most; Chinese characters need two. */
function mostWidth(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : text.length * 2;
}

function widthOf(columns: readonly Fitting[], of: (column: Fitting) => number): number {
  return columns.reduce((sum, column) => sum + of(column) + GAP, -GAP);
}
