import { describe, expect, test } from 'vitest';
import { testEnvironment } from './environment.js';

describe('testEnvironment', () => {
  test('reads the list in TEST_SKIP', () => {
    expect(testEnvironment({}).skipped).toEqual(new Set());
    expect(testEnvironment({ TEST_SKIP: 'redis, browser' }).skipped).toEqual(
      new Set(['redis', 'browser']),
    );
  });

  test('refuses an unknown word in TEST_SKIP', () => {
    expect(() => testEnvironment({ TEST_SKIP: 'radis' })).toThrow(
      'TEST_SKIP must be a list of redis, browser, sqlite3, nginx, postgres, wrk, shells: radis',
    );
  });

  test('treats an empty variable as unset', () => {
    expect(testEnvironment({ REDIS_URL: '' }).redisUrl).toBeUndefined();
    expect(testEnvironment({ CHROMIUM_PATH: '', CHROME_PATH: '/c' }).chromiumPath).toBe('/c');
  });

  test('keeps the settings of the service out of the system variables', () => {
    const env = { PATH: '/bin', HOME: '/home/me', REDIS_URL: 'redis://mine', PORT: '80' };
    expect(testEnvironment(env).system).toEqual({ PATH: '/bin', HOME: '/home/me' });
  });
});
