import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problems } from './problem.js';

test('the README lists every kind of problem, with its status', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)];
  const listed = rows.map(([, kind, status]) => [kind, Number(status)]);
  expect(listed).toEqual(Object.entries(problems).map(([kind, { status }]) => [kind, status]));
});
