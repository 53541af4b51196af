import { rotated } from '../../rounds/rotated.js';
import type { Contestant, Experiment } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import type { ExperimentResult, Standing } from '../results.js';
import { compare } from './compare.js';
import { type Group, groupsOf } from './groups.js';
import { type Findings, measureLaunch } from './measure-launch.js';

/**
 * Makes an experiment: starts its servers, measures round by round, stops them, and begins anew with
 * others, as one process of a program may be faster than the next.
 */
export async function runExperiment(
  experiment: Experiment,
  lab: Laboratory,
): Promise<ExperimentResult> {
  const { name, what, latency } = experiment;
  const { launches, rounds } = lab.scale;
  lab.onProgress(`${name}: ${what}`);
  // A quick run says nothing of small differences, so it need not start a server twice.
  const groups = (lab.scale.name === 'quick' ? [experiment] : groupsOf(experiment)).map(
    ({ contestants, comparisons }): Measured => ({ contestants, comparisons, found: [] }),
  );
  for (let launch = 0; launch < launches; launch++) {
    if (launches > 1) {
      lab.onProgress(`  launch ${launch + 1} of ${launches}`);
    }
    for (const { contestants, found } of rotated(groups, launch)) {
      const plan = { rounds, roundsBefore: launch * rounds, latency };
      found.push(...(await measureLaunch(rotated(contestants, launch), plan, lab)));
    }
  }
  return {
    name,
    what,
    standings: standingsOf(experiment.contestants, groups),
    comparisons: groups.flatMap((group) => {
      const standings = standingsOf(group.contestants, [group]);
      return group.comparisons.map((comparison) => compare(comparison, standings));
    }),
  };
}

interface Measured extends Group {
  readonly found: Findings[];
}

function standingsOf(contestants: readonly Contestant[], groups: readonly Measured[]): Standing[] {
  return contestants.map((contestant) => {
    const own = groups
      .flatMap(({ found }) => found)
      .filter((findings) => findings.contestant === contestant);
    return {
      name: contestant.name,
      title: contestant.title,
      rounds: own.flatMap(({ rounds }) => rounds),
      latency: own.flatMap((findings) => findings.latency),
    };
  });
}
