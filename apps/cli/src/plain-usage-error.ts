/**
 * Returns an error message of Commander as a plain sentence. It does not repeat the value in an
 * unknown option `--name=value`, which may be a password.
 */
export function plainUsageError(message: string): string {
  return message
    .replace(/(unknown option '[^'=]*)=.*'$/ms, "$1'")
    .replace(/option '(.+)' argument missing/, 'Option $1 needs a value');
}
