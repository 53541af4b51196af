const LABEL_WIDTH = 13;

/** Formats labels and values, one line each, without a trailing line break. */
export function detailLines(rows: Readonly<Record<string, string>>): string {
  return Object.entries(rows)
    .map(([label, value]) => `${label.padEnd(LABEL_WIDTH)}${value}`.trimEnd())
    .join('\n');
}
