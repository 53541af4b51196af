import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readConfig } from '../config/config.js';
import { chooseWorkerCount } from './worker-count.js';

const cores = 8;
const redisUrl = 'redis://127.0.0.1:6379';

function choose(environment: Record<string, string>): number {
  return chooseWorkerCount(readConfig(environment), pino({ enabled: false }), cores);
}

test('in production there is a worker for each core', () => {
  expect(choose({ NODE_ENV: 'production', REDIS_URL: redisUrl })).toBe(cores);
});

test('elsewhere there is one process', () => {
  expect(choose({ REDIS_URL: redisUrl })).toBe(1);
});

test('a number that is set wins', () => {
  expect(choose({ WORKERS: '3', REDIS_URL: redisUrl })).toBe(3);
  expect(choose({ NODE_ENV: 'production', WORKERS: '1', REDIS_URL: redisUrl })).toBe(1);
});

test('without Redis there is one process, whatever is set', () => {
  expect(choose({ NODE_ENV: 'production' })).toBe(1);
  expect(choose({ WORKERS: '4' })).toBe(1);
});
