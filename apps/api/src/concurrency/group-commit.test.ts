import { expect, test } from 'vitest';
import { deferred } from './deferred.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

/** `rows` are characters, such as `'ab'` for a request of the rows a and b. */
interface Request {
  readonly name: string;
  readonly rows: string;
  readonly size: number;
}

type Options = Partial<GroupCommitOptions<Request, string>>;

const nextTurn = () => new Promise(setImmediate);

/** Creates a group commit whose commits the test ends, and records the requests of each one. */
function recorded(options: Options = {}) {
  const groups: string[] = [];
  const ends: ReturnType<typeof deferred<void>>[] = [];
  const commits = new GroupCommit<Request, string>({
    commit: async (requests) => {
      groups.push(requests.map(({ name }) => name).join());
      const end = deferred<void>();
      ends.push(end);
      await end.promise;
      return async ({ name }) => name.toUpperCase();
    },
    rowsOf: ({ rows }) => [...rows],
    sharesRows: true,
    sizeOf: ({ size }) => size,
    maxSize: 500,
    maxInFlight: Number.POSITIVE_INFINITY,
    failsWaiting: (error) => error instanceof Error && error.message === 'locked',
    ...options,
  });
  const request = (rows: string, name: string, size = 1) => commits.request({ name, rows, size });
  /** Ends the oldest commit, and waits for the next ones to begin. */
  const end = async (failure?: string) => {
    const oldest = ends.shift();
    if (failure === undefined) {
      oldest?.resolve();
    } else {
      oldest?.reject(new Error(failure));
    }
    await nextTurn();
    await nextTurn();
  };
  return { request, groups, end };
}

test('the requests of a turn share a group, those of one row in their order', async () => {
  const { request, groups, end } = recorded();
  const results = [request('1', 'a'), request('2', 'b'), request('1', 'c')];
  await nextTurn();
  await end();
  expect(await Promise.all(results)).toEqual(['A', 'B', 'C']);
  expect(groups).toEqual(['a,b,c']);
});

test('requests of a row that is being changed wait, and no later one overtakes them', async () => {
  const { request, groups, end } = recorded();
  void request('1', 'a');
  await nextTurn();
  // `b` waits for row 1, so `c` must not change row 2 before it.
  void request('12', 'b');
  void request('2', 'c');
  void request('3', 'd');
  await nextTurn();
  expect(groups).toEqual(['a', 'd']);
  const last = request('1', 'e');
  await nextTurn();
  await end();
  expect(groups).toEqual(['a', 'd', 'b,c,e']);
  await end();
  await end();
  expect(await last).toBe('E');
});

test('requests of one row can have a group each, in their order', async () => {
  const { request, groups, end } = recorded({ sharesRows: false });
  void request('1', 'a');
  void request('1', 'b');
  void request('2', 'c');
  await nextTurn();
  void request('1', 'd');
  await end();
  await end();
  expect(groups).toEqual(['a,c', 'b', 'd']);
});

test('with one group in flight, requests of other rows wait for it, too', async () => {
  const { request, groups, end } = recorded({ maxInFlight: 1 });
  void request('1', 'a');
  await nextTurn();
  void request('2', 'b');
  await nextTurn();
  void request('1', 'c');
  expect(groups).toEqual(['a']);
  await end();
  expect(groups).toEqual(['a', 'b,c']);
});

test('a group has at most its size, unless one request is larger, and each begins in a turn of its own', async () => {
  const { request, groups } = recorded();
  for (const [name, size] of Object.entries({ a: 400, b: 100, c: 1, d: 600, e: 1 })) {
    void request(name, name, size);
  }
  const seen: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await nextTurn();
    seen.push(groups.length);
  }
  expect(seen).toEqual([1, 2, 3, 4]);
  expect(groups).toEqual(['a,b', 'c', 'd', 'e']);
});

test.each([
  ['of the database fails the requests that have waited for all of it', 'locked', 'rejected'],
  ['of a request does not fail the requests that wait', 'bad', 'fulfilled'],
])('a failure %s', async (_title, message, expected) => {
  for (const options of [{ maxInFlight: 1 }, {}, { sharesRows: false }]) {
    const { request, end } = recorded({ ...options, maxSize: 1 });
    const first = [request('1', 'a'), request('1', 'behind')];
    await nextTurn();
    const outcomes = Promise.allSettled([...first, request('1', 'later')]);
    await end(message);
    await end();
    await end();
    const statuses = (await outcomes).map(({ status }) => status);
    expect(statuses).toEqual(['rejected', expected, 'fulfilled']);
  }
});

test('a result that comes later than its group keeps only its row waiting', async () => {
  const late = deferred<string>();
  const { request, groups, end } = recorded({
    maxInFlight: 1,
    commit: async (requests) => {
      groups.push(requests.map(({ name }) => name).join());
      return async ({ name }) => (name === 'late' ? late.promise : name);
    },
  });
  void request('1', 'late');
  await nextTurn();
  const behind = request('1', 'behind');
  expect(await request('2', 'other')).toBe('other');
  expect(groups).toEqual(['late', 'other']);
  late.resolve('late');
  expect(await behind).toBe('behind');
  await end();
});
