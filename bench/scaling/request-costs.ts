import { medianOf } from '../http/report/figures.js';
import type { Report, SubjectResult } from '../http/results.js';

/** The processor time of a request in each process, in microseconds. */
export interface RequestCost {
  readonly api: number;
  readonly redis: number;
  /** 0 for SQLite, which runs in the process of the API. */
  readonly database: number;
}

export const systems = ['SQLite', 'PostgreSQL'] as const;
export type System = (typeof systems)[number];

export const operations = ['Cached read', 'Miss', 'Page of 20', 'Update', 'Create'] as const;
export type Operation = (typeof operations)[number];

/** The costs that `npm run bench -- --only request-cost` measured. */
export type RequestCosts = Readonly<Record<System, Readonly<Record<Operation, RequestCost>>>>;

/**
 * Reads the medians of all rounds.
 *
 * @throws {Error} when something was not measured
 */
export function requestCosts({ experiments }: Pick<Report, 'experiments'>): RequestCosts {
  const measured = experiments.find(({ name }) => name === 'request-cost')?.subjects ?? [];
  const of = (system: System) => {
    const cost = (operation: Operation) => costOf(`${operation}, ${system}`, system, measured);
    return {
      'Cached read': cost('Cached read'),
      Miss: cost('Miss'),
      'Page of 20': cost('Page of 20'),
      Update: cost('Update'),
      Create: cost('Create'),
    };
  };
  return { SQLite: of('SQLite'), PostgreSQL: of('PostgreSQL') };
}

/** Returns when and how the costs were measured; undefined if with everything else. */
export function costConditions({ experiments }: Pick<Report, 'experiments'>) {
  return experiments.find(({ name }) => name === 'request-cost')?.conditions;
}

function costOf(title: string, system: System, subjects: readonly SubjectResult[]): RequestCost {
  const rounds = subjects.find((subject) => subject.title === title)?.rounds ?? [];
  const api = medianOf(rounds, 'cpuMicros');
  const redis = medianOf(rounds, 'redisMicros');
  const database = system === 'SQLite' ? 0 : medianOf(rounds, 'databaseMicros');
  if (api === undefined || redis === undefined || database === undefined) {
    throw new Error(
      `Expected the costs of “${title}”: run npm run bench -- --only request-cost --publish`,
    );
  }
  return { api, redis, database };
}
