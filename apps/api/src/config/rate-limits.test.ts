import { expect, test } from 'vitest';
import { rateLimits } from './rate-limits.js';

const OTHERS = 'write=100/1m,bulk=off';

function faultsOf(text: string): string[] {
  return rateLimits.safeParse(text).error?.issues.map(({ message }) => message) ?? [];
}

test('limits have a quota, a window and a burst', () => {
  expect(rateLimits.parse(`read=1000/60s burst 200, ${OTHERS}`)).toEqual({
    read: { quota: 1000, windowSeconds: 60, burst: 200 },
    write: { quota: 100, windowSeconds: 60, burst: 100 },
    bulk: undefined,
    unauthorized: { quota: 60, windowSeconds: 60, burst: 60 },
  });
  expect(rateLimits.parse(`read=5/2h,${OTHERS},unauthorized=off`)).toMatchObject({
    read: { quota: 5, windowSeconds: 7200, burst: 5 },
    unauthorized: undefined,
  });
  expect(rateLimits.parse('off')).toBe('off');
});

test.each([
  [
    `raed=1/1s,read=1/1s,${OTHERS}`,
    'raed=1/1s should begin with read=, write=, bulk=, unauthorized=',
  ],
  [`read=1/1s,read=1/1s,${OTHERS}`, 'read should be given once'],
  [`read=1,${OTHERS}`, 'read should be like 1000/60s, 1000/1m or 1000/1h'],
  [`read=1/1s burst,${OTHERS}`, 'read should be like 1000/60s'],
  [`read=0/1s,${OTHERS}`, 'read should have a quota from 1 to 1000000000'],
  [`read=1/25h,${OTHERS}`, 'read should have a window from 1s to 86400s'],
  [`read=1/1s burst 0,${OTHERS}`, 'read should have a burst from 1 to 1000000000'],
  [OTHERS, 'should also limit read, such as read=100/60s; read=off leaves it unlimited'],
])('%s is refused', (text, message) => {
  expect(faultsOf(text)).toEqual([expect.stringContaining(message)]);
});

test('all faults are reported at once', () => {
  expect(faultsOf('read=x,writ=1/1s')).toHaveLength(4);
});
