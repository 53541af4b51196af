import type { Run, Scenario } from './scenario.js';
import type { Subject } from './subject.js';

/** The runs of one scenario by one subject. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly runs: readonly Run[];
}

/** The results of one subject in all scenarios. */
export interface SubjectResult {
  readonly subject: Subject;
  readonly results: readonly ScenarioResult[];
}

/** How many runs of a scenario go on at the same time. Each has its own Redis and mostly waits. */
const PARALLEL_RUNS = 3;

/** Runs every scenario with every subject, one subject and one scenario at a time. */
export async function runRace(options: {
  readonly subjects: readonly Subject[];
  readonly scenarios: readonly Scenario[];
  readonly repetitions: number;
  readonly onResult?: (subject: Subject, result: ScenarioResult) => void;
}): Promise<SubjectResult[]> {
  const { subjects, scenarios, repetitions, onResult } = options;
  const subjectResults: SubjectResult[] = [];
  for (const subject of subjects) {
    const results: ScenarioResult[] = [];
    for (const scenario of scenarios) {
      const runs = await repeat(repetitions, () => scenario.run(subject));
      const result = { scenario: scenario.name, runs };
      results.push(result);
      onResult?.(subject, result);
    }
    subjectResults.push({ subject, results });
  }
  return subjectResults;
}

async function repeat<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < times) {
    const length = Math.min(PARALLEL_RUNS, times - results.length);
    results.push(...(await Promise.all(Array.from({ length }, run))));
  }
  return results;
}
