import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The result of one process of `startTogether`. */
export interface StartOutcome {
  readonly applied: readonly string[];
  readonly seeded: number;
}

/** Starts processes that each migrate and seed the database, all at the same moment. */
export async function startTogether(url: string, count: number): Promise<StartOutcome[]> {
  const script = fileURLToPath(new URL('./migrate-and-seed.ts', import.meta.url));
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--import', 'tsx', script, url], {
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  for (const child of children) {
    child.send('go');
  }
  return Promise.all(children.map(outcomeOf));
}

async function outcomeOf(child: ChildProcess): Promise<StartOutcome> {
  if (child.stdout === null) {
    throw new Error('The process has no standard output.');
  }
  return JSON.parse(await text(child.stdout));
}
