import type { RunResult } from './run-result.js';

/** Formats results as a table: text to the left, numbers to the right. */
export function resultTable(results: readonly RunResult[]): string {
  const rows = [head, ...results.map(cells)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => line(row, widths)).join('\n');
}

const head = [
  'fault',
  'seed',
  'operations',
  'p99',
  'control',
  'longest staleness',
  'bypass',
  'violations',
];

function cells(result: RunResult): string[] {
  return [
    result.fault,
    String(result.seed),
    String(result.operations),
    `${result.p99Ms.toFixed(0)} ms`,
    `${result.controlP99Ms.toFixed(0)} ms`,
    `${result.longestStalenessMs.toFixed(0)} ms`,
    `${(result.bypassShare * 100).toFixed(0)} %`,
    String(result.violations),
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
