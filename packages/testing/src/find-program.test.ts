import { chmod, writeFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, it as test } from 'vitest';
import { findProgram, firstExecutable } from './find-program.js';
import { temporaryFolder } from './temporary-folder.js';

describe('findProgram', () => {
  test('finds the first name that is a program, anywhere on the PATH', async () => {
    expect(await findProgram(['no-such-program', 'node'])).toMatch(/node(\.exe)?$/);
  });

  test('answers undefined when there is none', async () => {
    expect(await findProgram(['no-such-program'])).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('firstExecutable', () => {
  test('passes over a file that may not be executed', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const [text, program] = [folder.file('text'), folder.file('program')];
    await Promise.all([text, program].map((file) => writeFile(file, '')));
    await chmod(program, 0o755);
    expect(await firstExecutable([folder.file('nothing'), text, program])).toBe(program);
  });
});
