import { expect, it } from 'vitest';
import type { CachePeek } from './cache-read.js';
import { type Asked, TurnAsks } from './turn-asks.js';

const hit = (value: string): CachePeek<string> => ({ source: 'hit', text: value, value });

/** Answers the keys that are asked for together, some turns later, with the number of the time. */
function countingAsks({ aloneGoesAhead = true } = {}) {
  const times: string[][] = [];
  async function answersTo(keys: string[]): Promise<CachePeek<string>[]> {
    const number = times.push(keys);
    await endOfTurn();
    await endOfTurn();
    asks.answered();
    return keys.map((key) => hit(`${key}${number}`));
  }
  async function answerTurn(asked: Asked<string>): Promise<void> {
    const answers = await answersTo([...asked.keys()]);
    for (const [position, askers] of [...asked.values()].entries()) {
      for (const { answer } of askers) answer(answers[position]);
    }
  }
  const asks = new TurnAsks<string>((asked) => void answerTurn(asked), { aloneGoesAhead });
  const ask = async (key: string) =>
    asks.goesAhead()
      ? (await answersTo([key]))[0]
      : new Promise((answer) => asks.add(key, { load: undefined, answer }));
  return { ask, times };
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

it('answers what is asked for in one turn together, and each key once', async () => {
  const { ask, times } = countingAsks();
  const answers = await Promise.all(['first', 'a', 'b', 'a'].map(ask));
  expect(answers).toEqual([hit('first1'), hit('a2'), hit('b2'), hit('a2')]);
  expect(times).toEqual([['first'], ['a', 'b']]);
});

it('takes in what is asked for by promises that settle in the same turn', async () => {
  const { ask, times } = countingAsks();
  const later = Promise.resolve().then(() => ask('b'));
  await Promise.all([ask('first'), ask('a'), later]);
  expect(times).toEqual([['first'], ['a', 'b']]);
});

it('asks at once for who is alone', async () => {
  const { ask, times } = countingAsks();
  await ask('a');
  const answer = ask('b');
  expect(times).toEqual([['a'], ['b']]);
  await answer;
});

it('lets nobody go ahead where that saves nothing', async () => {
  const { ask, times } = countingAsks({ aloneGoesAhead: false });
  await ask('alone');
  await Promise.all(['a', 'b'].map(ask));
  expect(times).toEqual([['alone'], ['a', 'b']]);
});

it('lets nobody go ahead who was not alone before', async () => {
  const { ask, times } = countingAsks();
  await Promise.all(['first', 'a', 'b'].map(ask));
  await Promise.all(['c', 'd'].map(ask));
  expect(times).toEqual([['first'], ['a', 'b'], ['c', 'd']]);
});

it('lets somebody go ahead again after one who was alone', async () => {
  const { ask, times } = countingAsks();
  await Promise.all(['first', 'a', 'b'].map(ask));
  await ask('alone');
  const answer = ask('c');
  expect(times).toEqual([['first'], ['a', 'b'], ['alone'], ['c']]);
  await answer;
});

it('takes nobody for alone who asks while another waits', async () => {
  const { ask, times } = countingAsks();
  const early = ask('a');
  const late = ask('b');
  await endOfTurn();
  const last = Promise.all([ask('c'), ask('d')]);
  await Promise.all([early, late, last]);
  expect(times).toEqual([['a'], ['b'], ['c', 'd']]);
});

it('never answers a question with what was read before it', async () => {
  const { ask } = countingAsks();
  expect(await ask('k')).toEqual(hit('k1'));
  expect(await ask('k')).toEqual(hit('k2'));
});
