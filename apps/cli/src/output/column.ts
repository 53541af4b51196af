/** A column of a list: a field of its items. */
export interface Column<Item> {
  /** The name of the column in `--columns`, in CSV and in JSON. */
  readonly field: keyof Item & string;
  /** The heading of the column in a table. */
  readonly heading: string;
  /** Returns the cells of the column in a table, one for each item. */
  readonly cells: (items: readonly Item[]) => string[];
  /** Default `'left'`. */
  readonly align?: 'left' | 'right';
  /** How wide a column of texts is in a table. Default: as wide as its widest cell. */
  readonly text?: TextWidth;
  /**
   * The terminal is too narrow for all columns: the one with the highest number is left out first.
   * Default: the column is never left out.
   */
  readonly leaveOut?: number;
}

/** How wide a column of texts is. Longer texts are cut off. */
export interface TextWidth {
  /** A narrower column would say too little. */
  readonly least: number;
  /** A wider column gets only the space that no other column needs. */
  readonly wanted: number;
}

/** Returns the function that makes the cells of a column from each item alone. */
export function eachCell<Item>(cell: (item: Item) => string): Column<Item>['cells'] {
  return (items) => items.map(cell);
}
