import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readConfig } from '../config/config.js';
import { chooseWorkerCount } from './worker-count.js';

const CORES = 8;
const REDIS_URL = 'redis://127.0.0.1:6379';

function choose(environment: Record<string, string>): number {
  return chooseWorkerCount(readConfig(environment), pino({ enabled: false }), CORES);
}

test('in production there is a worker for each core', () => {
  expect(choose({ NODE_ENV: 'production', REDIS_URL: REDIS_URL })).toBe(CORES);
});

test('elsewhere there is one process', () => {
  expect(choose({ REDIS_URL: REDIS_URL })).toBe(1);
});

test('a number that is set wins', () => {
  expect(choose({ WORKERS: '3', REDIS_URL: REDIS_URL })).toBe(3);
  expect(choose({ NODE_ENV: 'production', WORKERS: '1', REDIS_URL: REDIS_URL })).toBe(1);
});

test('without Redis there is one process, whatever is set', () => {
  expect(choose({ NODE_ENV: 'production' })).toBe(1);
  expect(choose({ WORKERS: '4' })).toBe(1);
});
