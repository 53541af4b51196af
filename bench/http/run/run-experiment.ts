import { rotated } from '../../rounds/rotated.js';
import { median } from '../../statistics/quantile.js';
import type { Catalog } from '../catalogs/catalog.js';
import type { Experiment, Subject } from '../experiment.js';
import type { EventDelays } from '../load/held-streams.js';
import { type HeldStreams, holdStreams } from '../load/hold-streams.js';
import { compare } from '../report/figures.js';
import type { ExperimentResult, LatencyRound, Round } from '../results.js';
import type { ServerSpec } from '../servers.js';
import { measureLoop } from './measure-loop.js';
import { MeasuredServer } from './measured-server.js';
import { type Bench, type RunningServer, startServer } from './server.js';

/** The share of a subject's throughput at which its latencies are measured. */
const RATE_FOR_LATENCY = 0.6;

/** The share of its throughput up to which a subject is measured at the rates of all. */
const HIGHEST_RATE = 0.9;

/** A subject with what was measured of it so far. */
interface Measured {
  readonly subject: Subject;
  readonly rounds: Round[];
  readonly latency: LatencyRound[];
}

/** How a subject is measured in one launch. */
interface Measurable {
  measure(round: number): Promise<Round>;
  /** Undefined for a loop. */
  measureAtRate?(perSecond: number): Promise<LatencyRound>;
}

/** What a launch has started. */
interface Running {
  readonly servers: Map<ServerSpec, RunningServer>;
  /** The databases of loops. */
  readonly catalogs: Catalog[];
  readonly streams: HeldStreams[];
}

/**
 * Runs an experiment in several launches. Each launch starts new servers, because one process of a
 * program may be faster than the next, and measures them round by round.
 */
export async function runExperiment(
  { name, subjects, comparisons, ...rates }: Experiment,
  bench: Bench,
): Promise<ExperimentResult> {
  const all: Measured[] = subjects.map((subject) => ({ subject, rounds: [], latency: [] }));
  for (let launch = 0; launch < bench.scale.launches; launch++) {
    bench.onProgress(`${name}, launch ${launch + 1} of ${bench.scale.launches}`);
    await runLaunch(all, launch, rates, bench);
  }
  const results = all.map(({ subject: { title }, ...measured }) => ({ title, ...measured }));
  const compared = comparisons.map((comparison) => compare(comparison, results));
  return { name, subjects: results, comparisons: compared };
}

/** Starts the servers of the subjects, measures the subjects in turn, and stops the servers. */
async function runLaunch(
  all: readonly Measured[],
  launch: number,
  { latency: withLatency = false, rates = [] }: Pick<Experiment, 'latency' | 'rates'>,
  bench: Bench,
): Promise<void> {
  const running: Running = { servers: new Map(), catalogs: [], streams: [] };
  const count = bench.scale.rounds;
  try {
    const ready: (Measured & Measurable)[] = [];
    for (const one of rotated(all, launch)) {
      ready.push({ ...one, ...(await prepare(one.subject, running, bench)) });
    }
    for (let round = 0; round < count; round++) {
      for (const { subject, rounds, measure } of rotated(ready, launch * count + round)) {
        const result = await measure(round);
        rounds.push(result);
        bench.onProgress(`  ${subject.title}: ${Math.round(result.requestsPerSecond)}/s`);
      }
    }
    for (const { rounds, latency, measureAtRate } of rotated(ready, launch)) {
      if (withLatency && measureAtRate) {
        latency.push(await measureAtRate(RATE_FOR_LATENCY * throughput(rounds, count)));
      }
    }
    for (const rate of rates) {
      bench.onProgress(`  latencies at ${rate}/s`);
      for (const { rounds, latency, measureAtRate } of rotated(ready, launch)) {
        if (measureAtRate && rate <= HIGHEST_RATE * throughput(rounds, count)) {
          latency.push(await measureAtRate(rate));
        }
      }
    }
  } finally {
    await Promise.all(running.streams.map((each) => each.stop()));
    await Promise.all([...running.servers.values()].map((server) => server.stop()));
    await Promise.all(running.catalogs.map((catalog) => catalog.remove()));
  }
}

/** Returns the throughput of the last rounds. */
function throughput(rounds: readonly Round[], count: number): number {
  return median(rounds.slice(-count).map(({ requestsPerSecond }) => requestsPerSecond));
}

/** Starts the server of a subject, if none of the subjects before it has, and warms it up. */
async function prepare(
  subject: Subject,
  { servers, catalogs, streams }: Running,
  bench: Bench,
): Promise<Measurable> {
  const { scale } = bench;
  if ('loop' in subject) {
    const products = subject.products ?? scale.products;
    const catalog = await bench.catalogs.copy(subject.dialect ?? 'sqlite', products);
    catalogs.push(catalog);
    return { measure: (round) => measureLoop(subject, round, catalog.url, bench) };
  }
  const server = servers.get(subject.server) ?? (await startServer(subject.server, bench));
  servers.set(subject.server, server);
  const measured = new MeasuredServer(subject, server, scale.seconds);
  const held =
    subject.streams === undefined
      ? undefined
      : await holdStreams(server.url, subject.streams, server.core);
  if (held) {
    streams.push(held);
  }
  bench.onProgress(`  ${subject.title}: warm-up`);
  await measured.warmUp(scale.warmUpRequests);
  return {
    measure: () => measured.measure(),
    async measureAtRate(perSecond) {
      await held?.delays();
      const round = await measured.measureAtRate(perSecond);
      return held ? { ...round, ...latenciesOf(await held.delays()) } : round;
    },
  };
}

function latenciesOf({ p50Micros, p99Micros }: EventDelays) {
  return { p50Micros, p99Micros };
}
