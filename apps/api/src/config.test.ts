import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { environmentSchema, readConfig } from './config.js';

/** The variables that .env.example sets or, behind a `# `, shows. */
function exampleVariables(): Map<string, string> {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const lines = text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm);
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value]));
}

describe('.env.example', () => {
  test('names every variable that the service reads, and no other', () => {
    expect([...exampleVariables().keys()].toSorted()).toEqual(
      Object.keys(environmentSchema.shape).toSorted(),
    );
  });

  test('shows the defaults', () => {
    const { REDIS_URL: _, ...shown } = Object.fromEntries(exampleVariables());
    expect(readConfig(shown)).toEqual(readConfig({}));
  });
});

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', REDIS_URL: '' })).toEqual(readConfig({}));
});

test('every fault is reported at once', () => {
  expect(() => readConfig({ PORT: '70000', SEED: 'yes', REDIS_URL: 'localhost' })).toThrow(
    /PORT: .*\n {2}SEED: .*\n {2}REDIS_URL: should start with redis:/,
  );
});

test('a REDIS_URL is parsed, and one that is not valid never shown', () => {
  expect(readConfig({ REDIS_URL: 'redis://:secret@cache/1' }).REDIS_URL).toMatchObject({
    host: 'cache',
    database: 1,
  });
  const read = () => readConfig({ REDIS_URL: 'redis://user:secret@cache/shop' });
  expect(read).toThrow('REDIS_URL: should end with the number of a database');
  expect(read).not.toThrow('secret');
});

test.each(['0', '-1', '1.5', 'all'])('%s is no number of workers', (WORKERS) => {
  expect(() => readConfig({ WORKERS })).toThrow('WORKERS: should be auto or a whole number from 1');
});

test('a configuration cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});
