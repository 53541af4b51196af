import { closeSync, openSync, readFileSync } from 'node:fs';
import { eventually, temporaryFolder } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { LineWriter } from './line-writer.js';

const line = (index: number, length = 100) => `${index} ${'é'.repeat(length)}\n`;

async function logFile() {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const path = folder.file('log');
  const fd = openSync(path, 'w');
  onTestFinished(() => closeSync(fd));
  return { fd, text: () => readFileSync(path, 'utf8') };
}

test('lines are written whole and in order, even if longer than a chunk', async () => {
  const { fd, text } = await logFile();
  const writer = new LineWriter(fd, { chunkBytes: 4096 });
  const lines = Array.from({ length: 1000 }, (_, index) => line(index, index % 7 ? 100 : 5000));
  for (const each of lines) {
    writer.write(each);
  }
  await eventually(() => expect(text()).toBe(lines.join('')));
});

test('a single line is written soon', async () => {
  const { fd, text } = await logFile();
  const writer = new LineWriter(fd);
  writer.write(line(1));
  await eventually(() => expect(text()).toBe(line(1)));
  writer.write(line(2));
  await eventually(() => expect(text()).toBe(line(1) + line(2)));
});

test('waiting lines are written before the process ends', async () => {
  const { fd, text } = await logFile();
  const writer = new LineWriter(fd);
  writer.write(line(1));
  writer.flush();
  expect(text()).toBe(line(1));
});
