import type { Report } from '../results.js';

/**
 * A report in which experiments take the place of those of the same name.
 *
 * @throws Error where they were made elsewhere, or otherwise: what stands in a report is to be comparable
 */
export function withMeasurement(report: Report, measured: Report): Report {
  const conditions = ({ environment, scale, pinned, generator }: Report) =>
    JSON.stringify([environment, scale, pinned, generator]);
  if (conditions(measured) !== conditions(report)) {
    throw new Error('The last report is of another machine, or was measured otherwise');
  }
  const found = new Map(measured.experiments.map((experiment) => [experiment.name, experiment]));
  return {
    ...report,
    experiments: report.experiments.map((last) => found.get(last.name) ?? last),
    ...(measured.memory && { memory: measured.memory }),
    startUp: measured.startUp.length > 0 ? measured.startUp : report.startUp,
  };
}
