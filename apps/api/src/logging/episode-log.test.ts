import { pino } from 'pino';
import { expect, test } from 'vitest';
import { EpisodeLog } from './episode-log.js';

function openLog() {
  const lines: { level: number; msg: string; unlogged?: number }[] = [];
  let now = 0;
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const log = new EpisodeLog(logger, () => now);
  const happen = (times: number) => {
    for (let time = 0; time < times; time++) {
      log.begin('warn', {}, 'began');
      log.add('info', {}, 'ended');
    }
  };
  return {
    lines,
    happen,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('a few episodes in a row are logged, each with its end', () => {
  const { lines, happen } = openLog();
  happen(2);
  expect(lines.map(({ msg }) => msg)).toEqual(['began', 'ended', 'began', 'ended']);
});

test('many episodes are logged once a minute, with the number of unlogged ones', () => {
  const { lines, happen, pass } = openLog();
  happen(1000);
  expect(lines).toHaveLength(20);
  pass(60_000);
  happen(1000);
  expect(lines).toHaveLength(22);
  expect(lines[20]).toMatchObject({ msg: 'began', unlogged: 990 });
  pass(3_600_000);
  happen(1000);
  expect(lines).toHaveLength(42);
});
