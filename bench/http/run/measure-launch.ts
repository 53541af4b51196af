import { rotated } from '../../rounds/rotated.js';
import { median } from '../../statistics/quantile.js';
import type { ServerSpec, Subject } from '../experiment.js';
import type { LatencyRound, Round } from '../results.js';
import type { Bench } from './bench.js';
import { MeasuredLoop } from './measured-loop.js';
import { MeasuredServer } from './measured-server.js';
import { type RunningServer, startServer } from './server.js';

/** The share of a subject's throughput at which its latencies are measured. */
const RATE_FOR_LATENCY = 0.6;

/** The rounds of one subject in one launch. */
export interface LaunchResult {
  readonly subject: Subject;
  readonly rounds: Round[];
  readonly latency: LatencyRound[];
}

/**
 * Starts the servers of the subjects, measures the subjects in turn, and stops the servers.
 *
 * @param options.launch the number of the launch, from 0, which decides which subject comes first
 * @param options.latency whether to measure latencies at a constant rate as well
 */
export async function measureLaunch(
  subjects: readonly Subject[],
  { launch, latency }: { readonly launch: number; readonly latency: boolean },
  bench: Bench,
): Promise<LaunchResult[]> {
  const { scale, onProgress } = bench;
  const servers = new Map<ServerSpec, RunningServer>();
  const open: (LaunchResult & { readonly measured: MeasuredServer | MeasuredLoop })[] = [];
  try {
    for (const subject of rotated(subjects, launch)) {
      const measured = await openSubject(subject, servers, bench);
      open.push({ subject, measured, rounds: [], latency: [] });
    }
    for (const { measured } of open) {
      for (let round = 0; round < scale.warmUps && measured instanceof MeasuredServer; round++) {
        await measured.warmUp();
      }
    }
    for (let round = 0; round < scale.rounds; round++) {
      for (const { subject, measured, rounds } of rotated(open, launch * scale.rounds + round)) {
        const result = await measured.measure();
        rounds.push(result);
        onProgress(`  ${subject.title}: ${Math.round(result.requestsPerSecond)}/s`);
      }
    }
    for (const { measured, rounds, latency: found } of latency ? rotated(open, launch) : []) {
      const rate = RATE_FOR_LATENCY * median(rounds.map((one) => one.requestsPerSecond));
      const result = measured instanceof MeasuredServer && (await measured.measureAtRate(rate));
      found.push(...(result ? [result] : []));
    }
    return open;
  } finally {
    for (const { measured } of open) {
      if (measured instanceof MeasuredLoop) {
        await measured.close();
      }
    }
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

async function openSubject(
  subject: Subject,
  servers: Map<ServerSpec, RunningServer>,
  bench: Bench,
): Promise<MeasuredServer | MeasuredLoop> {
  if ('loop' in subject) {
    return MeasuredLoop.open(subject, bench);
  }
  const server = servers.get(subject.server) ?? (await startServer(subject.server, bench));
  servers.set(subject.server, server);
  const measured = new MeasuredServer(subject, bench, server);
  await measured.prepare();
  return measured;
}
