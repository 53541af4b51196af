import { loadScripts, type ScriptCommands } from '../../src/redis/scripts.js';

/**
 * The Lua of a real script in which one piece is replaced by another.
 *
 * @throws RangeError when the script does not have that piece exactly once: a variant that is not
 * broken would prove nothing.
 */
export function alteredScript(
  name: keyof ScriptCommands,
  piece: string,
  replacement: string,
): string {
  const parts = loadScripts()[name].lua.split(piece);
  if (parts.length !== 2) {
    throw new RangeError(`The script ${name} does not have exactly once: ${piece}`);
  }
  return parts.join(replacement);
}
