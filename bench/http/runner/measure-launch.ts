import { rotated } from '../../rounds/rotated.js';
import { median } from '../../statistics/quantile.js';
import type { Contestant } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import type { LatencySample, Sample, Standing } from '../results.js';
import { type RunningServer, startServer } from '../servers/running-server.js';
import type { ServerSpec } from '../servers/server-spec.js';
import { type Entrant, enter } from './entrant.js';

/** The part of its highest rate at which a contestant's latencies are measured. */
const rateForLatency = 0.6;

/** What one launch found of one contestant. */
export interface Findings extends Pick<Standing, 'rounds' | 'latency'> {
  readonly contestant: Contestant;
}

/** What one launch is to measure. */
export interface LaunchPlan {
  readonly rounds: number;
  /** How many rounds there were in launches before. */
  readonly roundsBefore: number;
  /** Whether latencies at a constant rate are measured as well. */
  readonly latency: boolean;
}

/** Starts the servers of contestants, measures these, and stops the servers. */
export async function measureLaunch(
  contestants: readonly Contestant[],
  plan: LaunchPlan,
  lab: Laboratory,
): Promise<Findings[]> {
  const servers = new Map<ServerSpec, RunningServer>();
  const entrants: Entrant[] = [];
  try {
    for (const contestant of contestants) {
      const server =
        contestant.kind === 'served' ? await shared(servers, contestant.server, lab) : undefined;
      entrants.push(await enter(contestant, lab, server));
    }
    return await measureAll(entrants, plan, lab);
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

interface Open extends Findings {
  readonly entrant: Entrant;
  readonly rounds: Sample[];
  readonly latency: LatencySample[];
}

async function measureAll(
  entrants: readonly Entrant[],
  { rounds: count, roundsBefore, latency: withLatency }: LaunchPlan,
  { scale, onProgress }: Laboratory,
): Promise<Findings[]> {
  const open = entrants.map(
    (entrant): Open => ({ entrant, contestant: entrant.contestant, rounds: [], latency: [] }),
  );
  for (const { entrant } of open) {
    for (let times = 0; times < scale.warmUps; times++) {
      await entrant.warmUp();
    }
  }
  for (let round = 0; round < count; round++) {
    for (const { entrant, contestant, rounds } of rotated(open, roundsBefore + round)) {
      const sample = await entrant.measure();
      rounds.push(sample);
      onProgress(`  ${contestant.title}: ${Math.round(sample.requestsPerSecond)}/s`);
    }
  }
  if (withLatency) {
    for (const { entrant, rounds, latency } of rotated(open, roundsBefore)) {
      const rate = rateForLatency * median(rounds.map((sample) => sample.requestsPerSecond));
      const sample = await entrant.measureAtRate?.(rate);
      if (sample) {
        latency.push(sample);
      }
    }
  }
  return open;
}
