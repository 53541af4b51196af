import { rotated } from '../../rounds/rotated.js';
import { median, quantile } from '../../statistics/quantile.js';
import type { Comparison, Experiment, Subject } from '../experiment.js';
import type { ComparisonResult, ExperimentResult, Round, SubjectResult } from '../results.js';
import { type LaunchResult, measureLaunch } from './measure-launch.js';
import type { Bench } from './server.js';

/**
 * Runs an experiment in several launches. Each launch starts new servers, because one process of a
 * program may be faster than the next, and measures them round by round.
 */
export async function runExperiment(
  experiment: Experiment,
  bench: Bench,
): Promise<ExperimentResult> {
  const { name, latency = false } = experiment;
  const { launches } = bench.scale;
  // A quick run cannot show small differences, so it starts each server only once.
  const groups = (bench.scale.name === 'quick' ? [experiment] : groupsOf(experiment)).map(
    ({ subjects, comparisons }) => ({ subjects, comparisons, results: [] as LaunchResult[] }),
  );
  for (let launch = 0; launch < launches; launch++) {
    bench.onProgress(`${name}, launch ${launch + 1} of ${launches}`);
    for (const { subjects, results } of rotated(groups, launch)) {
      results.push(...(await measureLaunch(subjects, launch, latency && bench.wrk, bench)));
    }
  }
  const all = groups.flatMap(({ results }) => results);
  return {
    name,
    subjects: experiment.subjects.map((subject) => subjectResult(subject, all)),
    comparisons: groups.flatMap(({ subjects, comparisons, results }) => {
      const compared = subjects.map((subject) => subjectResult(subject, results));
      return comparisons.map((comparison) => compare(comparison, compared));
    }),
  };
}

/** Returns the groups of subjects that run at the same time: all, or the two of each comparison. */
export function groupsOf({ subjects, comparisons, inPairs }: Experiment) {
  if (!inPairs) {
    return [{ subjects, comparisons }];
  }
  return comparisons.map((comparison) => ({
    subjects: subjects.filter(({ name }) => name === comparison.of || name === comparison.to),
    comparisons: [comparison],
  }));
}

/**
 * Compares two subjects: returns the median of the ratios of their rounds, and the quartiles.
 *
 * @throws {Error} when one of the two was not measured
 */
export function compare(
  comparison: Comparison,
  results: readonly SubjectResult[],
): ComparisonResult {
  const [ours = [], theirs = []] = [comparison.of, comparison.to].map((name) => {
    const found = results.find((result) => result.name === name);
    if (found === undefined) {
      throw new Error(`Comparison "${comparison.title}": there is no subject ${name}`);
    }
    return found.rounds;
  });
  const ratios = roundRatios(ours, theirs, comparison.by);
  const quartiles = [quantile(ratios, 0.25), quantile(ratios, 0.75)] as const;
  return { ...comparison, ratio: median(ratios), quartiles };
}

/**
 * Returns how much better one subject did than another in each round. What slows the machine down
 * for a whole round affects both sides of a ratio. Of latencies, less is better.
 */
export function roundRatios(
  ours: readonly Round[],
  theirs: readonly Round[],
  by: Comparison['by'],
): number[] {
  return ours.map((round, index) => {
    const ratio = (round[by] ?? Number.NaN) / (theirs[index]?.[by] ?? Number.NaN);
    return by === 'p50Micros' ? 1 / ratio : ratio;
  });
}

function subjectResult(subject: Subject, results: readonly LaunchResult[]): SubjectResult {
  const own = results.filter((result) => result.subject === subject);
  const { name, title } = subject;
  const rounds = own.flatMap((result) => result.rounds);
  return { name, title, rounds, latency: own.flatMap(({ latency }) => latency) };
}
