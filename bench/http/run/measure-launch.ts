import { temporaryFolder } from '@product-api/testing';
import { rotated } from '../../rounds/rotated.js';
import { median } from '../../statistics/quantile.js';
import type { ServerSpec, Subject } from '../experiment.js';
import type { LatencyRound, Round } from '../results.js';
import { MeasuredLoop } from './measured-loop.js';
import { MeasuredServer } from './measured-server.js';
import { type Bench, type RunningServer, startServer } from './server.js';

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
 * @param launch the number of the launch, from 0, which decides which subject comes first
 * @param withLatency whether to measure latencies at a constant rate as well
 */
export async function measureLaunch(
  subjects: readonly Subject[],
  launch: number,
  withLatency: boolean,
  bench: Bench,
): Promise<LaunchResult[]> {
  const { scale, onProgress } = bench;
  const folder = await temporaryFolder();
  const servers = new Map<ServerSpec, RunningServer>();
  const open: (LaunchResult & { readonly measured: MeasuredServer | MeasuredLoop })[] = [];
  try {
    for (const subject of rotated(subjects, launch)) {
      const measured =
        'loop' in subject
          ? new MeasuredLoop(subject, bench, folder.file(subject.name))
          : new MeasuredServer(subject, bench, await shared(servers, subject.server, bench));
      await measured.prepare();
      open.push({ subject, measured, rounds: [], latency: [] });
    }
    for (const { measured } of open) {
      for (let round = 0; round < scale.warmUps && 'warmUp' in measured; round++) {
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
    for (const { measured, rounds, latency } of rotated(open, launch)) {
      if (withLatency && 'measureAtRate' in measured) {
        const rate = median(rounds.map(({ requestsPerSecond }) => requestsPerSecond));
        latency.push(await measured.measureAtRate(RATE_FOR_LATENCY * rate));
      }
    }
    return open;
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await folder.remove();
  }
}

async function shared(
  servers: Map<ServerSpec, RunningServer>,
  spec: ServerSpec,
  bench: Bench,
): Promise<RunningServer> {
  const server = servers.get(spec) ?? (await startServer(spec, bench));
  servers.set(spec, server);
  return server;
}
