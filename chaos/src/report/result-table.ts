import type { Summary } from './summary.js';

/** Columns with the widest cell's width, text to the left and numbers to the right. */
export function summaryTable(summaries: readonly Summary[]): string {
  const rows = [head, ...summaries.map(cells)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => line(row, widths)).join('\n');
}

const head = [
  'scenario',
  'seed',
  'operations',
  'p99',
  'control',
  'longest staleness',
  'bypass',
  'violations',
];

function cells(summary: Summary): string[] {
  return [
    summary.scenario,
    String(summary.seed),
    String(summary.operations),
    `${summary.p99Ms.toFixed(0)} ms`,
    `${summary.controlP99Ms.toFixed(0)} ms`,
    `${summary.longestStalenessMs.toFixed(0)} ms`,
    `${(summary.bypassShare * 100).toFixed(0)} %`,
    String(summary.violations),
  ];
}

function line(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join('  ');
}
