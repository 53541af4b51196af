import { expect, test } from 'vitest';
import { type History, withoutFaults } from '../history/history.js';
import type { Operation, Read, Value, Write } from '../history/operation.js';
import { checkHistory } from './check-history.js';

const BOUND_MS = 1000;

function write(value: Value, begin: number, outcome: Write['outcome'], process = 'a'): Write {
  return { kind: 'write', process, id: 'mouse', value, begin, end: begin + 10, outcome };
}

function read(value: Value, begin: number, process = 'a'): Read {
  const outcome = { kind: 'found', value, cache: value === 'absent' ? undefined : 'HIT' } as const;
  return { kind: 'read', process, id: 'mouse', begin, end: begin + 5, outcome };
}

const acknowledged = { kind: 'acknowledged' } as const;
const unavailable = { kind: 'failed', status: 503, saysRetryAfter: true } as const;
const lost = { kind: 'lost', reason: 'socket hang up' } as const;
const twoWrites = [write(1, 0, acknowledged), write(2, 100, acknowledged)];
const violationsOf = (operations: Operation[]) =>
  checkHistory({ ...withoutFaults, operations }, { boundMs: BOUND_MS }).violations;

test('a stale read within the bound is not a violation, but counts as the longest staleness', () => {
  const history = { ...withoutFaults, operations: [...twoWrites, read(1, 900)] };
  expect(checkHistory(history, { boundMs: BOUND_MS })).toMatchObject({
    violations: [],
    longestStalenessMs: 790,
  });
});

test('a read beyond the bound is reported with its evidence', () => {
  const stale = read(1, 1200);
  expect(violationsOf([...twoWrites, stale])).toEqual([
    {
      kind: 'stale-read',
      read: stale,
      staleMs: 1090,
      overwrittenBy: { value: 2, begin: 100, acknowledged: 110, settled: 110 },
    },
  ]);
});

test('after a rollback of Redis, the bound counts from its end, for the processes connected to it', () => {
  const rollbacks = [{ process: 'a', begin: 1500, end: 1600 }];
  const check = (...reads: Read[]) =>
    checkHistory(
      { ...withoutFaults, operations: [...twoWrites, ...reads], rollbacks },
      { boundMs: BOUND_MS },
    );
  expect(check(read(1, 1550), read(1, 2500))).toMatchObject({
    violations: [],
    longestStalenessMs: 900,
  });
  expect(check(read(1, 2650)).violations).toMatchObject([{ kind: 'stale-read', staleMs: 1050 }]);
  expect(check(read(1, 1400)).violations).toMatchObject([{ kind: 'stale-read', staleMs: 1290 }]);
  expect(check(read(1, 2500, 'b')).violations).toMatchObject([{ staleMs: 2390 }]);
});

test('a read of a deleted product is reported', () => {
  const operations = [...twoWrites, write('absent', 200, acknowledged), read(2, 1300)];
  expect(violationsOf(operations)).toMatchObject([{ kind: 'stale-read', staleMs: 1090 }]);
});

test('a read that does not find an existing product is reported', () => {
  expect(violationsOf([...twoWrites, read('absent', 1100)])).toMatchObject([
    { kind: 'stale-read', overwrittenBy: { value: 1 } },
  ]);
});

test('a value that was never written, or whose write was refused, is reported', () => {
  const refused = write(3, 200, { kind: 'not-found' });
  expect(violationsOf([...twoWrites, refused, read(3, 300), read(4, 300)])).toMatchObject([
    { kind: 'never-written', read: { outcome: { value: 3 } } },
    { kind: 'never-written', read: { outcome: { value: 4 } } },
  ]);
});

test('a write without a response may be read or not', () => {
  const unknown = write(3, 200, lost);
  const outages = [{ process: 'a', begin: 205, end: 400, death: 206 }];
  const operations = [...twoWrites, unknown, read(2, 5000), read(3, 5000)];
  expect(
    checkHistory({ ...withoutFaults, operations, outages }, { boundMs: BOUND_MS }).violations,
  ).toEqual([]);
});

test('a write without a response may still happen after a later acknowledged write', () => {
  const operations = [write(1, 0, lost), write(2, 300, acknowledged, 'b'), read(1, 2000, 'b')];
  expect(violationsOf(operations)).toMatchObject([{ kind: 'no-response' }]);
});

test('a write without a response cannot happen after the death of its process', () => {
  const operations = [write(1, 0, lost), write(2, 300, acknowledged, 'b'), read(1, 2000, 'b')];
  const outages = [{ process: 'a', begin: 5, end: 400, death: 6 }];
  expect(
    checkHistory({ ...withoutFaults, operations, outages }, { boundMs: BOUND_MS }).violations,
  ).toMatchObject([{ kind: 'stale-read', staleMs: 1690 }]);
});

test('a running process must respond without errors; a stopped or dead one need not', () => {
  const operations: Operation[] = [
    { ...read(1, 500), outcome: unavailable },
    { ...read(1, 600), outcome: lost },
    { ...read(1, 700, 'b'), outcome: lost },
  ];
  const outages = [{ process: 'b', begin: 650, end: Infinity }];
  expect(
    checkHistory({ ...withoutFaults, operations, outages }, { boundMs: BOUND_MS }).violations,
  ).toMatchObject([
    { kind: 'failed', operation: { begin: 500 } },
    { kind: 'no-response', operation: { begin: 600 } },
  ]);
});

test('a process without its database may say 503 with Retry-After, and must respond', () => {
  const declared = { ...read(1, 500), outcome: unavailable };
  const caught = { ...read(1, 1100), end: 8400, outcome: unavailable };
  const undeclared: Operation[] = [
    { ...read(1, 600), outcome: { ...unavailable, saysRetryAfter: false } },
    { ...read(1, 700), outcome: { ...unavailable, status: 500 } },
    { ...read(1, 800), outcome: lost },
    { ...read(1, 900, 'b'), outcome: unavailable },
    { ...read(1, 8600), outcome: unavailable },
  ];
  const history = {
    ...withoutFaults,
    operations: [declared, caught, ...undeclared],
    databaseOutages: [{ process: 'a', begin: 400, end: 1000 }],
  };
  const { violations, p99Ms } = checkHistory(history, { boundMs: BOUND_MS });
  expect(violations).toMatchObject(undeclared.map((operation) => ({ operation })));
  expect(p99Ms).toBe(5);
});

test('a response after more than five seconds is late, unless the database was away', () => {
  const late = { ...read('absent', 500), end: 5600 };
  const check = (databaseOutages: History['databaseOutages']) =>
    checkHistory({ ...withoutFaults, operations: [late], databaseOutages }, { boundMs: BOUND_MS });
  expect(check([]).violations).toMatchObject([{ kind: 'no-response', operation: late }]);
  expect(check([{ process: 'a', begin: 4000, end: 5000 }]).violations).toEqual([]);
});

test('an acknowledged write that the database does not hold at the end is reported', () => {
  const check = (...finalReads: Read[]) =>
    checkHistory({ ...withoutFaults, operations: twoWrites, finalReads }, { boundMs: BOUND_MS })
      .violations;
  expect(check(read(2, 200))).toEqual([]);
  expect(check(read(1, 200))).toMatchObject([{ kind: 'lost-write', lost: { value: 2 } }]);
  expect(check(read('absent', 200))).toMatchObject([{ kind: 'lost-write' }]);
  expect(check(read(7, 200))).toMatchObject([{ kind: 'never-written' }]);
});

test('operations, latencies and bypasses are counted', () => {
  const bypassed = { kind: 'found', value: 2, cache: 'BYPASS' } as const;
  const operations = [...twoWrites, read(2, 200), { ...read(2, 300), outcome: bypassed }];
  const history = { ...withoutFaults, operations, control: [read(1, 250)] };
  expect(checkHistory(history, { boundMs: BOUND_MS })).toMatchObject({
    operations: 4,
    p99Ms: 10,
    controlP99Ms: 5,
    bypassShare: 0.5,
  });
});
