import { expect, test } from 'vitest';
import { TurnBatch, type TurnBatchOptions } from './turn-batch.js';

/** A batch that answers each text in capitals, and the requests that were answered together. */
function capitals(options: Partial<TurnBatchOptions<string, string>> = {}) {
  const answered: string[][] = [];
  const batch = new TurnBatch<string, string>({
    answerAll: async (texts) => {
      answered.push([...texts]);
      return (text) => text.toUpperCase();
    },
    ...options,
  });
  return { batch, answered };
}

test('what is asked in one turn is answered together, each by its own answer', async () => {
  const { batch, answered } = capitals();
  const answers = ['a', 'b', 'a'].map((text) => batch.ask(text));
  expect(await Promise.all(answers)).toEqual(['A', 'B', 'A']);
  expect(answered).toEqual([['a', 'b', 'a']]);
});

test('nothing is answered before the turn ends', async () => {
  const { batch, answered } = capitals();
  const answer = batch.ask('a');
  await Promise.resolve();
  expect(answered).toEqual([]);
  expect(await answer).toBe('A');
});

test('what is asked while a batch is being answered is answered by the next one', async () => {
  const { batch, answered } = capitals();
  await batch.ask('a').then(() => batch.ask('b'));
  expect(answered).toEqual([['a'], ['b']]);
});

test('requests with one key are answered in successive turns, in their order', async () => {
  const { batch, answered } = capitals({ keyOf: (text) => text.charAt(0) });
  await Promise.all(['a1', 'b1', 'a2', 'a3', 'b2'].map((text) => batch.ask(text)));
  expect(answered).toEqual([['a1', 'b1'], ['a2', 'b2'], ['a3']]);
});

test('the failure of all is the failure of each, and of no later one', async () => {
  let broken = true;
  const { batch } = capitals({
    answerAll: async () => {
      if (broken) throw new Error('no answer');
      return (text) => text;
    },
  });
  const outcomes = await Promise.allSettled([batch.ask('a'), batch.ask('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await batch.ask('a')).toBe('a');
});

test('one request may fail alone', async () => {
  const { batch } = capitals({
    answerAll: async () => (text) => (text === 'b' ? Promise.reject(new Error('not b')) : text),
  });
  const [a, b] = await Promise.allSettled([batch.ask('a'), batch.ask('b')]);
  expect(a).toEqual({ status: 'fulfilled', value: 'a' });
  expect(b).toMatchObject({ status: 'rejected', reason: { message: 'not b' } });
});
