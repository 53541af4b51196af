import { eventually } from '@product-api/testing';
import type { ServedContestant } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import { busyShare, coreTimes } from '../machine/core-usage.js';
import { processUsage } from '../machine/process-usage.js';
import type { Sample } from '../results.js';
import type { RunningServer } from '../servers/running-server.js';
import type { Entrant } from './entrant.js';
import { ServerLoad } from './server-load.js';

/** Above this, nobody can say whether the server or its generator is what limits the rate. */
const tooBusy = 0.8;

/** How long a cache may take to begin its work. */
const rehearsalTimeoutMs = 60_000;

/** Makes a server's contestant ready: what rotates is sent once, so that it is cached from then on. */
export async function enterServed(
  contestant: ServedContestant,
  lab: Laboratory,
  server: RunningServer,
): Promise<Entrant> {
  const { workload, title } = contestant;
  const load = new ServerLoad(contestant, lab, server);
  if (workload.order === 'rotate') {
    await eventually(
      async () => {
        await load.prepare();
        await load.sendPaced({ kind: 'once' });
        await workload.check?.(load.target);
      },
      { timeoutMs: rehearsalTimeoutMs },
    );
  }
  return {
    contestant,
    async warmUp() {
      await load.prepare();
      await load.warmUp();
    },
    async measure() {
      for (let attempt = 0; ; attempt++) {
        const sample = await measureOnce(load, lab, server);
        if (!sample.generatorBound || attempt === lab.scale.retries) {
          return sample;
        }
        lab.onProgress(`  ${title}: the generator was too busy, once more`);
      }
    },
    async measureAtRate(perSecond) {
      await load.prepare();
      const pace = { kind: 'at-rate', perSecond, seconds: lab.scale.latencySeconds } as const;
      const { p50Micros, p99Micros } = await load.sendPaced(pace);
      return { requestsPerSecond: perSecond, p50Micros, p99Micros };
    },
    leave: async () => undefined,
  };
}

async function measureOnce(
  load: ServerLoad,
  { cores }: Laboratory,
  server: RunningServer,
): Promise<Sample> {
  await load.prepare();
  const [usageBefore, coreBefore] = [await processUsage(server.pid), await coreTimes(cores.load)];
  const result = await load.send();
  const { requests, seconds, p50Micros, p99Micros } = result;
  const [usageAfter, coreAfter] = [await processUsage(server.pid), await coreTimes(cores.load)];
  const cpuSeconds = usageBefore && usageAfter && usageAfter.cpuSeconds - usageBefore.cpuSeconds;
  const separate = cores.pinned && server.spec.pinned;
  const busy = separate ? busyShare(coreBefore, coreAfter) : undefined;
  return {
    requestsPerSecond: requests / seconds,
    p50Micros,
    p99Micros,
    generatorCpu: result.cpuSeconds / seconds,
    ...(cpuSeconds !== undefined && { cpuMicros: (cpuSeconds * 1e6) / requests }),
    ...(busy !== undefined && { generatorBusy: busy }),
    ...(busy !== undefined && busy > tooBusy && { generatorBound: true }),
  };
}
