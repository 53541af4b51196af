import type { Fault } from './fault.js';

/** Each process has its own delay, from small to longer than the time limit of a command. */
export const slowNetwork: Fault = {
  name: 'the network is slow',
  async inject({ processes, random, wait }) {
    for (const { pathToRedis } of processes) {
      pathToRedis.impair({ kind: 'delay', ms: random.between(2, 40) });
    }
    await wait(2000);
    for (const { pathToRedis } of processes) {
      pathToRedis.heal();
    }
  },
};

/** One process cannot reach Redis while the others can: they must still see its writes. */
export const isolatedProcess: Fault = {
  name: 'one process is cut off from Redis',
  async inject({ processes: [isolated], wait }) {
    isolated.pathToRedis.impair({ kind: 'refuse' });
    await wait(1200);
    isolated.pathToRedis.heal();
    await wait(600);
    isolated.pathToRedis.impair({ kind: 'blackhole' });
    await wait(1200);
    isolated.pathToRedis.heal();
  },
};

/**
 * Commands or replies are held back, and arrive long after their timeout: for example, a fill from
 * before the outage arrives among later commands.
 */
export const stalledNetwork: Fault = {
  name: 'commands and replies arrive too late',
  async inject({ processes, random, wait }) {
    for (const what of random.shuffle(['requests', 'replies', 'everything'])) {
      const { pathToRedis } = random.pick(processes);
      pathToRedis.impair({ kind: 'stall', what });
      await wait(700);
      pathToRedis.heal();
      await wait(300);
    }
  },
};

/** Connections are reset, or end without an error at either side; new ones work at once. */
export const brokenConnections: Fault = {
  name: 'connections are reset or half open',
  async inject({ processes, random, wait }) {
    for (let round = 0; round < 6; round++) {
      const { pathToRedis } = random.pick(processes);
      if (round % 2 === 0) {
        pathToRedis.abandonConnections();
      } else {
        pathToRedis.resetConnections();
      }
      await wait(400);
    }
  },
};
