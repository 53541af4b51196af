import { expect, test } from 'vitest';
import { deferred } from '../concurrency/deferred.js';
import { GroupCommit } from './group-commit.js';

interface Request {
  readonly name: string;
  readonly lines: readonly unknown[];
}

const request = (name: string, lines = 1): Request => ({ name, lines: Array(lines).fill(0) });

/** Creates a group commit whose commits the test ends, and records what each one has. */
function recorded() {
  const groups: string[][] = [];
  const ends: (() => void)[] = [];
  const commits = new GroupCommit<Request, string>(
    async (requests) => {
      const names = requests.map(({ name }) => name);
      groups.push(names);
      const { promise, resolve } = deferred<void>();
      ends.push(() => resolve());
      await promise;
      for (const failure of ['failing', 'unavailable']) {
        if (names.includes(failure)) {
          throw new Error(failure);
        }
      }
      return async ({ name }) => name.toUpperCase();
    },
    (error) => error instanceof Error && error.message === 'unavailable',
  );
  /** Waits for the next commit to begin, and ends it. */
  const end = async () => {
    await new Promise(setImmediate);
    ends.shift()?.();
  };
  return { commits, groups, end };
}

test('the requests of a tick share a commit, and later ones wait for its end', async () => {
  const { commits, groups, end } = recorded();
  const first = ['a', 'b'].map((name) => commits.request(request(name)));
  await new Promise(setImmediate);
  const second = ['c', 'd'].map((name) => commits.request(request(name)));
  await new Promise(setImmediate);
  const third = commits.request(request('e'));
  await end();
  expect(await Promise.all(first)).toEqual(['A', 'B']);
  await end();
  expect(await Promise.all([...second, third])).toEqual(['C', 'D', 'E']);
  expect(groups).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
});

test('a commit that fails is the failure of its own requests', async () => {
  const { commits, end } = recorded();
  const failing = [commits.request(request('failing')), commits.request(request('a'))];
  const outcomes = Promise.allSettled(failing);
  await end();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = commits.request(request('b'));
  await end();
  expect(await next).toBe('B');
});

test.each([
  ['of the database fails the requests that have waited for all of it', 'unavailable', 'rejected'],
  ['of a request does not fail the requests that wait', 'failing', 'fulfilled'],
])('a failure %s', async (_title, name, expected) => {
  const { commits, end } = recorded();
  const first = [commits.request(request(name, 500)), commits.request(request('behind'))];
  await new Promise(setImmediate);
  const outcomes = Promise.allSettled([...first, commits.request(request('later'))]);
  await end();
  await end();
  const statuses = (await outcomes).map(({ status }) => status);
  expect(statuses).toEqual(['rejected', expected, 'fulfilled']);
});

test('a group has at most 500 lines, unless one request has more', async () => {
  const { commits, groups, end } = recorded();
  const sizes = { a: 400, b: 100, c: 1, d: 600, e: 1 };
  const results = Object.entries(sizes).map(([name, size]) => commits.request(request(name, size)));
  for (const _ of results) {
    await end();
  }
  await Promise.all(results);
  expect(groups).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
});
