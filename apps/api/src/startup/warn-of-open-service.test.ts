import { pino } from 'pino';
import { expect, test } from 'vitest';
import { warnOfOpenService } from './warn-of-open-service.js';

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
