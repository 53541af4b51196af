/** Returns the process ids of the workers that run, as the log of their service says. */
export function workerIds(lines: readonly string[]): number[] {
  const records = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const pidsWith = (message: string): number[] =>
    records.filter(({ msg }) => msg === message).map(({ pid }) => pid);
  const ended = pidsWith('worker ended');
  return pidsWith('worker started').filter((pid) => !ended.includes(pid));
}
