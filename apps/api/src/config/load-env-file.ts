import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EnvFileError } from './config-errors.js';

/** A value in quotes may have several lines; only its line breaks count here. */
const QUOTED_VALUE = /(?<==[ \t]*)(["'`]).*?\1/gs;

const SETTING_LINE = /^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*=/;

const BLANK_OR_COMMENT = /^[ \t\r]*(?:#.*)?$/;

/**
 * Adds the variables of a `.env` file in the working directory to those of this process, which win.
 * Does nothing where there is no such file.
 *
 * Node's own reader takes a file that it may not read for a missing one, and a line without `=` for a
 * part of the next name.
 *
 * @throws EnvFileError where the file cannot be read, or has a line that is not a setting
 */
export function loadEnvFile(): void {
  const file = resolve('.env');
  const text = readText(file);
  if (text === undefined) {
    return;
  }
  const fault = faultyLine(text);
  if (fault !== undefined) {
    throw new EnvFileError(file, `line ${fault} is not NAME=value or a comment`);
  }
  process.loadEnvFile(file);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // Errors of the file system have a code; anything else is passed on as it is.
    if (!(error instanceof Error && 'code' in error)) {
      throw error;
    }
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw new EnvFileError(file, error.message);
  }
}

/** Returns the number of the first line that is not a setting, from 1; a byte order mark spoils the first. */
function faultyLine(text: string): number | undefined {
  const lines = text.replace(QUOTED_VALUE, (value) => value.replace(/[^\n]/g, '')).split('\n');
  const index = lines.findIndex((line) => !BLANK_OR_COMMENT.test(line) && !SETTING_LINE.test(line));
  return index === -1 ? undefined : index + 1;
}
