import { expect, test } from 'vitest';
import { tellStory } from './story.js';

const read = {
  kind: 'read',
  process: 'a',
  id: 'mouse',
  begin: 9990,
  end: 10_000,
  outcome: { kind: 'lost', reason: 'socket hang up' },
} as const;

const occurrences = [
  { at: 5000, what: 'long ago' },
  { at: 6500, what: 'Redis: killed' },
  { at: 9995, what: 'a: goes on' },
  { at: 10_001, what: 'afterwards' },
];
const story = ' -3500 ms  Redis: killed\n    -5 ms  a: goes on';

test('a story has what was done in the four seconds before a violation, and nothing after it', () => {
  expect(tellStory(occurrences, { kind: 'never-written', read })).toBe(story);
  expect(tellStory(occurrences, { kind: 'not-answered', operation: read })).toBe(story);
});
