import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** A command of `catalog-admin`. Files have absolute paths. */
export type Command =
  | { readonly name: 'migrate' }
  | { readonly name: 'backup'; readonly file: string; readonly overwrite: boolean }
  | { readonly name: 'restore'; readonly file: string }
  | { readonly name: 'copy-database'; readonly from: string; readonly to: string | undefined };

/** Returns the command, or undefined if a word is missing, unknown or too many. */
export function readCommand(args: readonly string[]): Command | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      overwrite: { type: 'boolean', default: false },
      from: { type: 'string' },
      to: { type: 'string' },
    },
    allowPositionals: true,
    strict: false,
  });
  const { overwrite, from, to, ...unknown } = values;
  const [name, file, ...others] = positionals;
  if (Object.keys(unknown).length > 0 || others.length > 0) {
    return undefined;
  }
  if (name === 'copy-database') {
    const isValid = file === undefined && typeof from === 'string' && typeof to !== 'boolean';
    return isValid ? { name, from, to } : undefined;
  }
  if (from !== undefined || to !== undefined) {
    return undefined;
  }
  if (name === 'migrate' && file === undefined && overwrite === false) {
    return { name };
  }
  if (name === 'backup' && file !== undefined) {
    return { name, file: resolve(file), overwrite: overwrite === true };
  }
  return name === 'restore' && file !== undefined ? { name, file: resolve(file) } : undefined;
}
