import type { Operation, RequestCost, RequestCosts, System } from './request-costs.js';
import { operations } from './request-costs.js';

/** Assumed: the share of each operation in all requests. */
export const mix: Readonly<Record<Operation, number>> = {
  'Cached read': 0.9,
  Miss: 0.04,
  'Page of 20': 0.03,
  Update: 0.02,
  Create: 0.01,
};

/** Assumed: requests per second today. */
export const BASE_LOAD = 1000;

/** The loads of the tables, as multiples of today's. */
export const steps = [1, 10, 100, 1000] as const;

/** Assumed: the cores of a machine. */
export const MACHINE_CORES = 16;

/** The share of its cores that a process should use: beyond it, latencies rise. */
export const HEADROOM = 0.6;

export const parts = ['api', 'redis', 'database'] as const;
export type Part = (typeof parts)[number];

/**
 * The cores that one server of a part can use. Redis runs commands in one thread, and a database
 * has one primary. API processes share nothing, so that their number has no limit.
 */
export const coreLimits: Readonly<Record<Part, number>> = {
  api: Number.POSITIVE_INFINITY,
  redis: 1,
  database: MACHINE_CORES,
};

/** Returns the cost of an average request. */
export function averageCost(costs: RequestCosts, system: System): RequestCost {
  const average = (part: Part) =>
    operations.reduce((sum, name) => sum + mix[name] * costs[system][name][part], 0);
  return { api: average('api'), redis: average('redis'), database: average('database') };
}

/** Returns the cores that a part needs for a load. */
export function coresFor(micros: number, requestsPerSecond: number): number {
  return (micros * requestsPerSecond) / 1e6;
}

/** Returns the load at which a part has used its share of its cores. */
export function limitOf(cost: RequestCost, part: Part): number {
  return (coreLimits[part] * HEADROOM * 1e6) / cost[part];
}

/** Returns the limit of SQLite: the API with the database in it, and Redis, on one machine. */
export function sqliteLimit({ api, redis }: RequestCost): number {
  return (MACHINE_CORES * HEADROOM * 1e6) / (api + redis);
}
