import { chmod, writeFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';
import { findProgram, firstExecutable } from './find-program.js';

describe('findProgram', () => {
  test('returns the first of the names that is on the PATH', async () => {
    expect(await findProgram(['no-such-program', 'node'])).toMatch(/node(\.exe)?$/);
  });

  test('returns undefined when none is on the PATH', async () => {
    expect(await findProgram(['no-such-program'])).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('firstExecutable', () => {
  test('skips files that are missing or not executable', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const [text, program] = [folder.file('text'), folder.file('program')];
    await Promise.all([text, program].map((file) => writeFile(file, '')));
    await chmod(program, 0o755);
    expect(await firstExecutable([folder.file('nothing'), text, program])).toBe(program);
  });
});
