import { readFile, writeFile } from 'node:fs/promises';
import { startRedis } from '@product-api/testing';
import { describeEnvironment } from '../report/environment.js';
import { markdownTable } from '../report/markdown-table.js';
import { replaceBetweenMarkers } from '../report/replace-between-markers.js';
import {
  CONCURRENCIES,
  type Concurrency,
  measureRound,
  OPERATIONS,
  type Operation,
  type Round,
} from './measure-costs.js';
import { ourCache } from './our-cache.js';
import { plainCache } from './plain-cache.js';

const ROUNDS = 41;
const WARM_UP_ROUNDS = 3;

interface Comparison {
  readonly operation: Operation;
  readonly concurrency: Concurrency;
  /** Microseconds for one operation, by round. */
  readonly rounds: { readonly plain: number; readonly ours: number }[];
}

const redis = await startRedis();
const plain = plainCache(redis.url);
const ours = await ourCache(redis.url);
const comparisons: Comparison[] = CONCURRENCIES.flatMap((concurrency) =>
  OPERATIONS.map((operation) => ({ operation, concurrency, rounds: [] })),
);
for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
  for (const { rounds, ...what } of comparisons) {
    const result = await compare(
      { ...what, name: `${what.concurrency}:${round}` },
      round % 2 === 0,
    );
    if (round >= WARM_UP_ROUNDS) rounds.push(result);
  }
  process.stderr.write('.');
}
await ours.close();
await plain.close();
await redis.stop();

const markdown = markdownTable(
  ['operation', 'under way', 'plain, µs', 'ours, µs', 'ratio', 'its quartiles'],
  comparisons.map(summary),
);
console.log(`\n${markdown}`);
const environment = await describeEnvironment(['ioredis']);
const folder = new URL('.', import.meta.url);
await writeFile(
  new URL('results.json', folder),
  `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), environment, comparisons }, undefined, 2)}\n`,
);
const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, replaceBetweenMarkers(await readFile(readme, 'utf8'), 'costs', markdown));

/** Measures both sides of a round; who comes first changes with the rounds. */
async function compare(round: Round, plainFirst: boolean) {
  if (plainFirst) {
    const result = await measureRound(plain, round);
    return { plain: result, ours: await measureRound(ours, round) };
  }
  const result = await measureRound(ours, round);
  return { ours: result, plain: await measureRound(plain, round) };
}

function summary({ operation, concurrency, rounds }: Comparison): string[] {
  const ratios = rounds.map((result) => result.ours / result.plain);
  return [
    operation,
    String(concurrency),
    quantile(
      rounds.map((result) => result.plain),
      0.5,
    ).toFixed(1),
    quantile(
      rounds.map((result) => result.ours),
      0.5,
    ).toFixed(1),
    `×${quantile(ratios, 0.5).toFixed(2)}`,
    `×${quantile(ratios, 0.25).toFixed(2)} to ×${quantile(ratios, 0.75).toFixed(2)}`,
  ];
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
}
