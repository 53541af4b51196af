import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createRejectionLog } from './rejection-log.js';

test('a flood of rejections is logged with ten lines per second, and the rest is counted', () => {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) });
  let time = 0;
  const log = createRejectionLog(logger, () => time);
  const rejectTimes = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      log.message({ requestId: 'id', status: 400, code: 'X', detail: 'Bad', remoteAddress: '::1' });
    }
  };
  rejectTimes(100);
  expect(lines).toHaveLength(10);
  time = 1000;
  rejectTimes(1);
  expect(lines[10]).toMatchObject({
    request_id: 'id',
    status: 400,
    suppressed_lines: 90,
    msg: 'message rejected: Bad',
  });
  time = 2000;
  rejectTimes(1);
  expect(lines[11]).not.toHaveProperty('suppressed_lines');
});
