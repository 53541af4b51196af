import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EnvFileError } from './config-errors.js';
/** A value in quotes can have several lines. */
const QUOTED_VALUE = /(?<==[ \t]*)(["'`]).*?\1/gs;
const SETTING_LINE = /^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*=/;
const BLANK_OR_COMMENT = /^[ \t\r]*(?:#.*)?$/;
/**
 * Adds the variables of a `.env` file in the working directory to the environment of this process.
 * Variables that are already set win. Without such a file, nothing happens.
 *
 * The file is checked first, because Node's own reader treats an unreadable file as missing, and a
 * line without `=` as part of the next name.
 *
 * @throws {EnvFileError} when the file cannot be read, or has a line that is not a setting
 */
export function loadEnvFile() {
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
function readText(file) {
    try {
        return readFileSync(file, 'utf8');
    }
    catch (error) {
        // Errors of the file system have a code; any other error is a bug.
        if (!(error instanceof Error && 'code' in error)) {
            throw error;
        }
        if (error.code === 'ENOENT') {
            return undefined;
        }
        throw new EnvFileError(file, error.message);
    }
}
/**
 * Returns the number of the first line, from 1, that is not a setting. A byte order mark is a fault
 * of line 1.
 */
function faultyLine(text) {
    const lines = text.replace(QUOTED_VALUE, (value) => value.replace(/[^\n]/g, '')).split('\n');
    const index = lines.findIndex((line) => !BLANK_OR_COMMENT.test(line) && !SETTING_LINE.test(line));
    return index === -1 ? undefined : index + 1;
}
//# sourceMappingURL=load-env-file.js.map