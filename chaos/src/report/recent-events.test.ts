import { expect, test } from 'vitest';
import { formatRecentEvents } from './recent-events.js';

const read = {
  kind: 'read',
  process: 'a',
  id: 'mouse',
  begin: 9990,
  end: 10_000,
  outcome: { kind: 'lost', reason: 'socket hang up' },
} as const;

const events = [
  { at: 5000, what: 'long ago' },
  { at: 6500, what: 'Redis: killed' },
  { at: 9995, what: 'a: continued' },
  { at: 10_001, what: 'afterwards' },
];
const EXPECTED = ' -3500 ms  Redis: killed\n    -5 ms  a: continued';

test('the list has the events in the four seconds before a violation', () => {
  expect(formatRecentEvents(events, { kind: 'never-written', read })).toBe(EXPECTED);
  expect(formatRecentEvents(events, { kind: 'no-response', operation: read })).toBe(EXPECTED);
});
