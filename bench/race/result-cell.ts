import type { Run } from './scenario.js';

/** Summarizes the runs of one scenario by one subject in a few words of Markdown. */
export function resultCell(runs: readonly Run[]): string {
  const foreign = runs.filter((run) => run.kind === 'foreign-reads');
  if (foreign.length > 0) {
    return foreignReadsCell(foreign);
  }
  const reads = runs.filter((run) => run.kind === 'read-time');
  return reads.length > 0 ? readTimeCell(reads) : laterReadsCell(runs.filter(isLaterReads));
}

/**
 * Whether a run was correct: no read returned an old or foreign value, and every call succeeded.
 */
export function isCorrect(run: Run): boolean {
  switch (run.kind) {
    case 'read-time':
      return run.outcome === 'returned';
    case 'foreign-reads':
      return run.foreign === 0;
    case 'later-reads':
      return run.invalidation === 'done' && run.laterReads.stale + run.laterReads.failed === 0;
  }
}

type ReadTime = Extract<Run, { kind: 'read-time' }>;
type ForeignReads = Extract<Run, { kind: 'foreign-reads' }>;
type LaterReadsRun = Extract<Run, { kind: 'later-reads' }>;

function isLaterReads(run: Run): run is LaterReadsRun {
  return run.kind === 'later-reads';
}

/** Summarizes read times by the slowest run. */
function readTimeCell(runs: readonly ReadTime[]): string {
  const { outcome, ms } = runs.reduce((slowest, run) => (run.ms > slowest.ms ? run : slowest));
  switch (outcome) {
    case 'returned':
      return `${Math.round(ms)} ms`;
    case 'failed':
      return `**error** after ${Math.round(ms)} ms`;
    case 'timed out':
      return `**timed out** after ${Math.round(ms / 1000)} s`;
  }
}

function laterReadsCell(runs: readonly LaterReadsRun[]): string {
  const outcomes = [...new Set(runs.map(({ invalidation }) => invalidation))].join(' or ');
  const stale = share(runs, ({ laterReads }) => laterReads.stale / laterReads.reads);
  const failed = share(runs, ({ laterReads }) => laterReads.failed / laterReads.reads);
  const seen = [
    stale === undefined ? 'new value' : `**old value** (${stale})`,
    ...(failed === undefined ? [] : [`read errors (${failed})`]),
  ].join(', ');
  return `${outcomes === 'done' ? outcomes : `**${outcomes}**`}, then ${seen}`;
}

function foreignReadsCell(runs: readonly ForeignReads[]): string {
  const foreign = share(runs, (run) => run.foreign / run.reads);
  return foreign === undefined ? 'own data' : `**the other’s data** (${foreign})`;
}

/** Says in how many runs something happened, and in what share of their reads. */
function share<T>(runs: readonly T[], part: (run: T) => number): string | undefined {
  const seen = runs.map(part).filter((value) => value > 0);
  if (seen.length === 0) {
    return undefined;
  }
  const percent = (value: number) => Math.max(1, Math.round(100 * value));
  const [least, most] = [percent(Math.min(...seen)), percent(Math.max(...seen))];
  const range = least === most ? String(most) : `${least}–${most}`;
  return `${seen.length} of ${runs.length} runs, ${range}% of reads`;
}
