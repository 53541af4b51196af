import { eventually } from '@product-api/testing';
import type { ApiProcess } from '../subject/api-process.js';
import { workerIds } from '../subject/worker-ids.js';
import type { Fault } from './fault.js';

/** Milliseconds in which a worker has started on a busy machine. */
const START_MS = 30_000;

/** A worker of a service is killed. The primary starts another one. */
export const crashedWorker: Fault = {
  name: 'a worker is killed',
  async inject({ processes: [service] }) {
    const [pid] = await twoWorkers(service, []);
    process.kill(pid, 'SIGKILL');
    await twoWorkers(service, [pid]);
  },
};

/** All workers of a service are replaced while it serves. */
export const replacedWorkers: Fault = {
  name: 'workers are replaced',
  async inject({ processes: [service] }) {
    const before = await twoWorkers(service, []);
    service.replaceWorkers();
    await twoWorkers(service, before);
  },
};

/** Waits until two workers run, none of them a former one, and returns their process ids. */
function twoWorkers(
  service: ApiProcess,
  former: readonly number[],
): Promise<readonly [number, number]> {
  return eventually(
    () => {
      const [one, other, ...more] = workerIds(service.logLines());
      return (
        one !== undefined &&
        other !== undefined &&
        more.length === 0 &&
        ![one, other].some((pid) => former.includes(pid)) &&
        ([one, other] as const)
      );
    },
    { timeoutMs: START_MS },
  );
}
