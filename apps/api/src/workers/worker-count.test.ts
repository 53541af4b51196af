import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readConfig } from '../config/config.js';
import { chooseWorkerCount } from './worker-count.js';

const CORES = 8;
const REDIS_URL = 'redis://127.0.0.1:6379';

function choose(environment: Record<string, string>): number {
  return chooseWorkerCount(readConfig(environment), pino({ enabled: false }), CORES);
}

test('in production, each core has a worker', () => {
  expect(choose({ NODE_ENV: 'production', REDIS_URL })).toBe(CORES);
});

test('outside production there is one process', () => {
  expect(choose({ REDIS_URL })).toBe(1);
});

test('WORKERS overrides the default', () => {
  expect(choose({ WORKERS: '3', REDIS_URL })).toBe(3);
  expect(choose({ NODE_ENV: 'production', WORKERS: '1', REDIS_URL })).toBe(1);
});

test('without Redis there is one process, whatever WORKERS says', () => {
  expect(choose({ NODE_ENV: 'production' })).toBe(1);
  expect(choose({ WORKERS: '4' })).toBe(1);
});
