import type { Experiment } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import type { ExperimentResult, LatencySample, Sample, Standing } from '../results.js';
import { type RunningServer, startServer } from '../servers/running-server.js';
import type { ServerSpec } from '../servers/server-spec.js';
import { median } from '../statistics/quantile.js';
import { compare } from './compare.js';
import { type Entrant, enter } from './entrant.js';

/** The part of its highest rate at which a contestant's latencies are measured. */
const RATE_FOR_LATENCY = 0.6;

/** Makes an experiment: starts its servers, measures round by round, and stops them. */
export async function runExperiment(
  experiment: Experiment,
  lab: Laboratory,
): Promise<ExperimentResult> {
  const { name, what, contestants, comparisons, latency } = experiment;
  lab.onProgress(`${name}: ${what}`);
  const servers = new Map<ServerSpec, RunningServer>();
  const entrants: Entrant[] = [];
  try {
    for (const contestant of contestants) {
      const server =
        contestant.kind === 'served' ? await shared(servers, contestant.server, lab) : undefined;
      entrants.push(await enter(contestant, lab, server));
    }
    const standings = await measureAll(entrants, latency, lab);
    return {
      name,
      what,
      standings,
      comparisons: comparisons.map((comparison) => compare(comparison, standings)),
    };
  } finally {
    await Promise.all(entrants.map((entrant) => entrant.leave()));
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

async function shared(
  servers: Map<ServerSpec, RunningServer>,
  spec: ServerSpec,
  lab: Laboratory,
): Promise<RunningServer> {
  const server = servers.get(spec) ?? (await startServer(spec, lab));
  servers.set(spec, server);
  return server;
}

interface Open {
  readonly entrant: Entrant;
  readonly rounds: Sample[];
  readonly latency: LatencySample[];
}

async function measureAll(
  entrants: readonly Entrant[],
  withLatency: boolean,
  lab: Laboratory,
): Promise<Standing[]> {
  const { scale } = lab;
  const open: Open[] = entrants.map((entrant) => ({ entrant, rounds: [], latency: [] }));
  await inRounds(open, scale.warmUps + scale.rounds, async ({ entrant, rounds }, round) => {
    const sample = await entrant.measure();
    if (round >= scale.warmUps) rounds.push(sample);
    lab.onProgress(`  ${entrant.contestant.title}: ${Math.round(sample.requestsPerSecond)}/s`);
  });
  if (withLatency) {
    await inRounds(open, scale.latency.rounds, async ({ entrant, rounds, latency }) => {
      const rate = RATE_FOR_LATENCY * median(rounds.map((sample) => sample.requestsPerSecond));
      const sample = await entrant.measureAtRate?.(rate);
      if (sample) latency.push(sample);
    });
  }
  return open.map(({ entrant, rounds, latency }) => {
    const { name, title } = entrant.contestant;
    return { name, title, rounds, latency };
  });
}

/** Lets each have its turn in every round; who comes first changes with the rounds. */
async function inRounds<T>(
  all: readonly T[],
  rounds: number,
  turn: (one: T, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const first = round % all.length;
    for (const one of [...all.slice(first), ...all.slice(0, first)]) await turn(one, round);
  }
}
