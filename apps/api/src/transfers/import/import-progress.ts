import { hash } from 'node:crypto';
import { z } from 'zod';
import type { LineResult } from './import-line.js';

/** Maximum number of conflicts that are reported again when an import goes on. */
const MAX_CONFLICTS = 1000;

const count = z.number().int();

/** The schema of `ImportProgress`, which is stored as JSON. */
export const importProgressSchema = z.object({
  kind: z.literal('import'),
  read: count,
  created: count,
  updated: count,
  unchanged: count,
  failed: count,
  isComplete: z.boolean(),
  /** Identifies the lines that were read: each is hashed together with those before it. */
  digest: z.string(),
  /** The lines that failed because of the catalog: a later look at it could say otherwise. */
  conflicts: z.array(count).readonly(),
});

/** How far an import has come: the lines that were read, and what became of them. */
export type ImportProgress = Readonly<z.output<typeof importProgressSchema>>;

/** The progress of an import that has not begun. */
export const noProgress: ImportProgress = {
  kind: 'import',
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  isComplete: false,
  digest: '',
  conflicts: [],
};

/**
 * Returns the progress after further lines.
 *
 * @param texts what was sent for each of the lines; it may have more lines than results
 */
export function advance(
  progress: ImportProgress,
  results: readonly LineResult[],
  texts: readonly string[],
): ImportProgress {
  const counts = { created: 0, updated: 0, unchanged: 0, failed: 0 };
  const conflicts = [...progress.conflicts];
  let { digest } = progress;
  for (const [index, result] of results.entries()) {
    counts[result.outcome] += 1;
    digest = nextDigest(digest, texts[index] ?? '');
    if (result.outcome === 'failed' && result.isConflict && conflicts.length < MAX_CONFLICTS) {
      conflicts.push(result.line);
    }
  }
  return {
    ...progress,
    read: progress.read + results.length,
    created: progress.created + counts.created,
    updated: progress.updated + counts.updated,
    unchanged: progress.unchanged + counts.unchanged,
    failed: progress.failed + counts.failed,
    digest,
    conflicts,
  };
}

/** Returns the digest of some lines and one more. */
export function nextDigest(digest: string, text: string): string {
  return hash('sha256', `${digest}\n${text}`, 'base64url');
}
