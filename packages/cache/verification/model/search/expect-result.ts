import { expect } from 'vitest';
import { formatCounterexample } from '../../counterexample.js';
import type { SearchResult } from './search.js';

/** Anything with a name to print. */
interface Named {
  readonly name: string;
}

/** Prints the size of a search, and expects that it found no violation. */
export function expectNoViolation(configuration: Named, result: SearchResult<unknown>): void {
  process.stdout.write(formatSize(configuration, result));
  expect(counterexampleText(result)).toBe('');
}

/**
 * Prints the size and the counterexample of a search, and expects that the counterexample has at
 * most `maxSteps` steps.
 */
export function expectViolation(
  configuration: Named,
  result: SearchResult<unknown>,
  maxSteps = Number.POSITIVE_INFINITY,
): void {
  process.stdout.write(`${formatSize(configuration, result)}${counterexampleText(result)}\n`);
  expect(result.counterexample).toBeDefined();
  expect(result.counterexample?.steps.length).toBeLessThanOrEqual(maxSteps);
}

function formatSize({ name }: Named, result: SearchResult<unknown>): string {
  const { states, depth, seconds, counterexample } = result;
  const outcome = counterexample
    ? `violation after ${counterexample.steps.length} steps`
    : 'no violation';
  const columns = [
    name.padEnd(78),
    `${states.toLocaleString('en')} states`.padStart(18),
    `depth ${depth}`.padStart(9),
    `${seconds.toFixed(1)} s`.padStart(8),
  ];
  return `${columns.join('  ')}  ${outcome}\n`;
}

function counterexampleText({ counterexample }: SearchResult<unknown>): string {
  return counterexample
    ? formatCounterexample(
        counterexample.steps.map(({ action }) => action),
        [counterexample.violation],
      )
    : '';
}
