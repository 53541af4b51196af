import { expect, it } from 'vitest';
import type { CachePeek } from './cache-read.js';
import { TurnAsks } from './turn-asks.js';

const hit = (value: string): CachePeek<string> => ({ source: 'hit', text: value, value });

/** Answers each turn's keys with the number of the turn. */
function countingAsks() {
  const turns: string[][] = [];
  const asks = new TurnAsks<string>((asked) => {
    turns.push([...asked.keys()]);
    for (const [key, askers] of asked) {
      for (const { answer } of askers) answer(hit(`${key}${turns.length}`));
    }
  });
  const ask = (key: string) => new Promise((answer) => asks.add(key, { load: undefined, answer }));
  return { ask, turns };
}

it('answers what is asked for in one turn together, and each key once', async () => {
  const { ask, turns } = countingAsks();
  const answers = await Promise.all(['a', 'b', 'a'].map(ask));
  expect(answers).toEqual([hit('a1'), hit('b1'), hit('a1')]);
  expect(turns).toEqual([['a', 'b']]);
});

it('takes in what is asked for by promises that settle in the same turn', async () => {
  const { ask, turns } = countingAsks();
  const later = Promise.resolve().then(() => ask('b'));
  await Promise.all([ask('a'), later]);
  expect(turns).toEqual([['a', 'b']]);
});

it('answers at once who is alone as the one before, and others together again', async () => {
  const { ask, turns } = countingAsks();
  const endOfTurn = () => new Promise((resolve) => setImmediate(resolve));
  await ask('alone');
  await endOfTurn();
  let answered = false;
  void ask('alone').then(() => {
    answered = true;
  });
  await Promise.resolve().then(() => Promise.resolve());
  expect(answered).toBe(true);
  await Promise.all([ask('b'), ask('c')]);
  await Promise.all([ask('d'), Promise.resolve().then(() => ask('e'))]);
  expect(turns).toEqual([['alone'], ['alone'], ['b', 'c'], ['d', 'e']]);
});

it('never answers a question with what was read before it', async () => {
  const { ask } = countingAsks();
  const early = await ask('k');
  expect(early).toEqual(hit('k1'));
  expect(await ask('k')).toEqual(hit('k2'));
});
