import { describe, expect, it as test } from 'vitest';
import { testEnvironment } from './environment.js';

describe('testEnvironment', () => {
  test('reads what TEST_SKIP leaves out', () => {
    expect(testEnvironment({}).skipped).toEqual(new Set());
    expect(testEnvironment({ TEST_SKIP: 'redis, browser' }).skipped).toEqual(
      new Set(['redis', 'browser']),
    );
  });

  test('refuses a word in TEST_SKIP that it does not know', () => {
    expect(() => testEnvironment({ TEST_SKIP: 'radis' })).toThrow(
      'TEST_SKIP may name redis, browser, sqlite3, nginx; it names radis',
    );
  });

  test('takes an empty variable for one that is not set', () => {
    expect(testEnvironment({ REDIS_URL: '' }).redisUrl).toBeUndefined();
    expect(testEnvironment({ CHROMIUM_PATH: '', CHROME_PATH: '/c' }).chromiumPath).toBe('/c');
  });

  test('hands none of our settings on to a server', () => {
    const env = { PATH: '/bin', HOME: '/home/me', REDIS_URL: 'redis://mine', PORT: '80' };
    expect(testEnvironment(env).system).toEqual({ PATH: '/bin', HOME: '/home/me' });
  });
});
