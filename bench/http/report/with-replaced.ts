import type { Conditions, ExperimentResult, Report } from '../results.js';

/** Returns a report in which the experiments of a later one replace those of the same names. */
export function withReplaced(report: Report, later: Report): Report {
  const { date, environment, scale, pinned } = later;
  const conditions: Conditions = { date, environment, scale, pinned };
  const experiments = new Map<string, ExperimentResult>(
    [...report.experiments, ...later.experiments.map((result) => ({ ...result, conditions }))].map(
      (result) => [result.name, result],
    ),
  );
  return { ...report, experiments: [...experiments.values()] };
}
