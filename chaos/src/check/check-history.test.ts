import { expect, test } from 'vitest';
import { untroubled } from '../history/history.js';
import type { Operation, Read, Value, Write } from '../history/operation.js';
import { judge } from './judge.js';

const boundMs = 1000;

function write(value: Value, begin: number, outcome: Write['outcome'], process = 'a'): Write {
  return { kind: 'write', process, id: 'mouse', value, begin, end: begin + 10, outcome };
}

function read(value: Value, begin: number, process = 'a'): Read {
  const outcome = { kind: 'found', value, cache: value === 'absent' ? undefined : 'HIT' } as const;
  return { kind: 'read', process, id: 'mouse', begin, end: begin + 5, outcome };
}

const acknowledged = { kind: 'acknowledged' } as const;
const lost = { kind: 'lost', reason: 'socket hang up' } as const;
const twoWrites = [write(1, 0, acknowledged), write(2, 100, acknowledged)];
const violationsOf = (operations: Operation[]) =>
  judge({ ...untroubled, operations }, { boundMs }).violations;

test('a read within the bound is no violation, but counts as the longest staleness', () => {
  const history = { ...untroubled, operations: [...twoWrites, read(1, 900)] };
  expect(judge(history, { boundMs })).toMatchObject({ violations: [], longestStalenessMs: 790 });
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

test('what Redis forgot counts from when it came back with older data, for who is connected to it', () => {
  const setbacks = [{ process: 'a', begin: 1500, end: 1600 }];
  const judged = (...reads: Read[]) =>
    judge({ ...untroubled, operations: [...twoWrites, ...reads], setbacks }, { boundMs });
  expect(judged(read(1, 1550), read(1, 2500))).toMatchObject({
    violations: [],
    longestStalenessMs: 900,
  });
  expect(judged(read(1, 2650)).violations).toMatchObject([{ kind: 'stale-read', staleMs: 1050 }]);
  expect(judged(read(1, 1400)).violations).toMatchObject([{ kind: 'stale-read', staleMs: 1290 }]);
  expect(judged(read(1, 2500, 'b')).violations).toMatchObject([{ staleMs: 2390 }]);
});

test('a deleted product that is still read is reported', () => {
  const operations = [...twoWrites, write('absent', 200, acknowledged), read(2, 1300)];
  expect(violationsOf(operations)).toMatchObject([{ kind: 'stale-read', staleMs: 1090 }]);
});

test('a product that cannot be found, though nobody deleted it, is reported', () => {
  expect(violationsOf([...twoWrites, read('absent', 1100)])).toMatchObject([
    { kind: 'stale-read', overwrittenBy: { value: 1 } },
  ]);
});

test('a value that nobody wrote, or whose write was refused, is reported', () => {
  const refused = write(3, 200, { kind: 'not-there' });
  expect(violationsOf([...twoWrites, refused, read(3, 300), read(4, 300)])).toMatchObject([
    { kind: 'never-written', read: { outcome: { value: 3 } } },
    { kind: 'never-written', read: { outcome: { value: 4 } } },
  ]);
});

test('a write without an answer may be read or not', () => {
  const unknown = write(3, 200, lost);
  const disturbances = [{ process: 'a', begin: 205, end: 400, death: 206 }];
  const operations = [...twoWrites, unknown, read(2, 5000), read(3, 5000)];
  expect(judge({ ...untroubled, operations, disturbances }, { boundMs }).violations).toEqual([]);
});

test('a write without an answer may happen late, over what was acknowledged meanwhile', () => {
  const operations = [write(1, 0, lost), write(2, 300, acknowledged, 'b'), read(1, 2000, 'b')];
  expect(violationsOf(operations)).toMatchObject([{ kind: 'not-answered' }]);
});

test('a write without an answer is over when its process is dead', () => {
  const operations = [write(1, 0, lost), write(2, 300, acknowledged, 'b'), read(1, 2000, 'b')];
  const disturbances = [{ process: 'a', begin: 5, end: 400, death: 6 }];
  expect(judge({ ...untroubled, operations, disturbances }, { boundMs }).violations).toMatchObject([
    { kind: 'stale-read', staleMs: 1690 },
  ]);
});

test('a live process owes answers without errors; one that is stopped or dead does not', () => {
  const operations: Operation[] = [
    { ...read(1, 500), outcome: { kind: 'failed', status: 503 } },
    { ...read(1, 600), outcome: lost },
    { ...read(1, 700, 'b'), outcome: lost },
  ];
  const disturbances = [{ process: 'b', begin: 650, end: Infinity }];
  expect(judge({ ...untroubled, operations, disturbances }, { boundMs }).violations).toMatchObject([
    { kind: 'failed', operation: { begin: 500 } },
    { kind: 'not-answered', operation: { begin: 600 } },
  ]);
});

test('answers and their sources are counted', () => {
  const bypassed = { kind: 'found', value: 2, cache: 'BYPASS' } as const;
  const operations = [...twoWrites, read(2, 200), { ...read(2, 300), outcome: bypassed }];
  const history = { ...untroubled, operations, control: [read(1, 250)] };
  expect(judge(history, { boundMs })).toMatchObject({
    operations: 4,
    p99Ms: 10,
    controlP99Ms: 5,
    bypassShare: 0.5,
  });
});
