import { readFile } from 'node:fs/promises';
import { drawChart } from '../report/draw-chart.js';
import {
  averageCost,
  BASE_LOAD,
  coreLimits,
  coresFor,
  type Part,
  parts,
  steps,
} from './load-model.js';
import { operations, type RequestCosts, systems } from './request-costs.js';

const partNames: Readonly<Record<Part, string>> = {
  api: 'API',
  redis: 'Redis',
  database: 'PostgreSQL',
};

/** A chart of this folder as an SVG document. */
export interface ScalingChart {
  readonly name: 'request-costs' | 'cores-by-load';
  readonly svg: string;
}

/** Draws the charts of docs/scaling.md. */
export async function scalingCharts(costs: RequestCosts): Promise<ScalingChart[]> {
  return [
    { name: 'request-costs', svg: await drawCosts(costs) },
    { name: 'cores-by-load', svg: await drawCores(costs) },
  ];
}

async function drawCosts(costs: RequestCosts): Promise<string> {
  const values = operations.flatMap((operation) =>
    systems.flatMap((system) =>
      parts.map((part, order) => {
        const label = `${operation}, ${system}`;
        return { label, part: partNames[part], order, micros: costs[system][operation][part] };
      }),
    ),
  );
  return drawChart(await template('request-costs'), {
    title: 'Processor time of a request',
    subtitle: 'Microseconds in each process. SQLite runs in the process of the API.',
    values,
  });
}

/** Points between two loads of the table. */
const POINTS_PER_STEP = 10;

async function drawCores(costs: RequestCosts): Promise<string> {
  const cost = averageCost(costs, 'PostgreSQL');
  const last = Math.max(...steps);
  const count = Math.log10(last) * POINTS_PER_STEP;
  const loads = Array.from(
    { length: count + 1 },
    (_, n) => BASE_LOAD * 10 ** (n / POINTS_PER_STEP),
  );
  const values = parts.flatMap((part) =>
    loads.map((load) => {
      const cores = coresFor(cost[part], load);
      return { part: partNames[part], load, cores, limit: limitCores(part) };
    }),
  );
  return drawChart(await template('cores-by-load'), {
    title: 'Cores that each part needs as the load grows',
    subtitle:
      'Dashed: what one Redis, and one PostgreSQL of 16 cores, can use. Both axes are logarithmic.',
    values,
  });
}

function limitCores(part: Part): number | null {
  return Number.isFinite(coreLimits[part]) ? coreLimits[part] : null;
}

async function template(name: ScalingChart['name']): Promise<object> {
  return JSON.parse(await readFile(new URL(`${name}.json`, import.meta.url), 'utf8'));
}
