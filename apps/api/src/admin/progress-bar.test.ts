import { expect, test } from 'vitest';
import { progressBar } from './progress-bar.js';

function drawn(isTTY: boolean, parts: readonly number[]): string {
  let text = '';
  const write = (part: string) => {
    text += part;
    return true;
  };
  const draw = progressBar({ isTTY, write } as Pick<NodeJS.WriteStream, 'isTTY' | 'write'>);
  for (const done of parts) {
    draw({ done, total: 2000 });
  }
  return text;
}

test('a bar is drawn in one line, once for each percent', () => {
  expect(drawn(true, [1000, 1001, 2000])).toBe(
    `\r[${'#'.repeat(15)}${'.'.repeat(15)}] 50%\r[${'#'.repeat(30)}] 100%\n`,
  );
});

test('nothing is drawn into a file', () => {
  expect(drawn(false, [1000, 2000])).toBe('');
});
