import type { SearchResult } from './search.js';

/** What has a name in the report. */
interface Named {
  readonly name: string;
}

/** One line of figures about a search. */
export function figures({ name }: Named, result: SearchResult<unknown>): string {
  const { states, depth, seconds, counterexample } = result;
  const outcome = counterexample ? `fails in ${counterexample.trace.length} steps` : 'holds';
  const columns = [
    name.padEnd(78),
    `${states.toLocaleString('en')} states`.padStart(18),
    `depth ${depth}`.padStart(9),
    `${seconds.toFixed(1)} s`.padStart(8),
  ];
  return `${columns.join('  ')}  ${outcome}\n`;
}

/** The shortest way to a broken promise, step by step; empty where none is broken. */
export function story({ counterexample }: SearchResult<unknown>): string {
  if (!counterexample) {
    return '';
  }
  const steps = counterexample.trace.map(({ action }, index) => `  ${index + 1}. ${action}\n`);
  return `${steps.join('')}  broken: ${counterexample.fault}\n`;
}
