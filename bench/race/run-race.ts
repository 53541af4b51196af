import type { Contender } from './contender.js';
import type { Scenario, Trial } from './scenario.js';

/** What one contender did in one scenario, run by run. */
export interface Result {
  readonly scenario: string;
  readonly trials: readonly Trial[];
}

/** What one contender did in all scenarios. */
export interface Standing {
  readonly contender: Contender;
  readonly results: readonly Result[];
}

/** How many repetitions run side by side: each has its own Redis and mostly waits. */
const atOnce = 3;

/** Lets every contender run every scenario, one contender and one scenario at a time. */
export async function runRace(options: {
  readonly contenders: readonly Contender[];
  readonly scenarios: readonly Scenario[];
  readonly repetitions: number;
  readonly onResult?: (contender: Contender, result: Result) => void;
}): Promise<Standing[]> {
  const { contenders, scenarios, repetitions, onResult } = options;
  const standings: Standing[] = [];
  for (const contender of contenders) {
    const results: Result[] = [];
    for (const scenario of scenarios) {
      const trials = await repeat(repetitions, () => scenario.run(contender));
      const result = { scenario: scenario.name, trials };
      results.push(result);
      onResult?.(contender, result);
    }
    standings.push({ contender, results });
  }
  return standings;
}

async function repeat<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < times) {
    const length = Math.min(atOnce, times - results.length);
    results.push(...(await Promise.all(Array.from({ length }, run))));
  }
  return results;
}
