import { pino } from 'pino';
import { expect, test } from 'vitest';
import { warnOfMissingLimits, warnOfOpenService } from './warn-of-open-service.js';

function warningsOf(config: Parameters<typeof warnOfOpenService>[1]): string[] {
  const lines: string[] = [];
  warnOfOpenService(pino({}, { write: (line) => lines.push(line) }), config);
  return lines;
}

test.each(['0.0.0.0', '::', '192.168.1.5', 'shop.example'])(
  '%s without AUTH is a warning',
  (HOST) => {
    const [line] = warningsOf({ HOST, AUTH: 'off' });
    expect(JSON.parse(line ?? '')).toMatchObject({
      host: HOST,
      msg: expect.stringContaining('set AUTH'),
    });
    expect(warningsOf({ HOST, AUTH: 'writes' })).toEqual([]);
  },
);

test.each(['127.0.0.1', '127.8.8.8', 'localhost', 'LOCALHOST', '::1'])('%s is not', (HOST) => {
  expect(warningsOf({ HOST, AUTH: 'off' })).toEqual([]);
});

test('a service for other machines without RATE_LIMITS is a warning', () => {
  const lines: string[] = [];
  const logger = pino({}, { write: (line) => lines.push(line) });
  const limit = { quota: 1, windowSeconds: 1, burst: 1 };
  const RATE_LIMITS = { read: limit, write: limit, bulk: limit, unauthorized: limit };
  warnOfMissingLimits(logger, { HOST: '127.0.0.1', RATE_LIMITS: 'off' });
  warnOfMissingLimits(logger, { HOST: '0.0.0.0', RATE_LIMITS });
  expect(lines).toEqual([]);
  warnOfMissingLimits(logger, { HOST: '0.0.0.0', RATE_LIMITS: 'off' });
  expect(lines).toEqual([expect.stringContaining('set RATE_LIMITS')]);
});
