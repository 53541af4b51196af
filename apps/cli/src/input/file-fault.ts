/** Returns `no such file …` for the message `ENOENT: no such file …, open '…'`. */
export function fileFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z]+: ([^,]+), .*$/s, '$1');
}
