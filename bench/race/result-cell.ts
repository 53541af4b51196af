import type { Trial } from './scenario.js';

/** What one contender's runs of one scenario come to, in a few words of Markdown. */
export function resultCell(trials: readonly Trial[]): string {
  const foreign = trials.filter((trial) => trial.kind === 'foreign-reads');
  if (foreign.length > 0) {
    return foreignReadsCell(foreign);
  }
  const reads = trials.filter((trial) => trial.kind === 'read-time');
  return reads.length > 0 ? readTimeCell(reads) : laterReadsCell(trials.filter(isLaterReads));
}

/** Whether a run kept both promises: nothing old was read, and every question was answered. */
export function isGood(trial: Trial): boolean {
  switch (trial.kind) {
    case 'read-time':
      return trial.answer === 'answered';
    case 'foreign-reads':
      return trial.foreign === 0;
    case 'later-reads':
      return (
        trial.invalidation === 'done' && trial.laterReads.stale + trial.laterReads.failed === 0
      );
  }
}

type ReadTime = Extract<Trial, { kind: 'read-time' }>;
type ForeignReads = Extract<Trial, { kind: 'foreign-reads' }>;
type LaterReadsTrial = Extract<Trial, { kind: 'later-reads' }>;

function isLaterReads(trial: Trial): trial is LaterReadsTrial {
  return trial.kind === 'later-reads';
}

/** The slowest run, because that is the one that a user remembers. */
function readTimeCell(trials: readonly ReadTime[]): string {
  const { answer, ms } = trials.reduce((slowest, trial) =>
    trial.ms > slowest.ms ? trial : slowest,
  );
  switch (answer) {
    case 'answered':
      return `${Math.round(ms)} ms`;
    case 'failed':
      return `**error** after ${Math.round(ms)} ms`;
    case 'no answer':
      return `**no answer** in ${Math.round(ms / 1000)} s`;
  }
}

function laterReadsCell(trials: readonly LaterReadsTrial[]): string {
  const told = [...new Set(trials.map(({ invalidation }) => invalidation))].join(' or ');
  const stale = share(trials, ({ laterReads }) => laterReads.stale / laterReads.reads);
  const failed = share(trials, ({ laterReads }) => laterReads.failed / laterReads.reads);
  const seen = [
    stale === undefined ? 'new value' : `**old value** (${stale})`,
    ...(failed === undefined ? [] : [`read errors (${failed})`]),
  ].join(', ');
  return `${told === 'done' ? told : `**${told}**`}, then ${seen}`;
}

function foreignReadsCell(trials: readonly ForeignReads[]): string {
  const foreign = share(trials, (trial) => trial.foreign / trial.reads);
  return foreign === undefined ? 'own data' : `**the other’s data** (${foreign})`;
}

/** In how many of the runs something was seen, and in what part of the reads of these. */
function share<T>(trials: readonly T[], part: (trial: T) => number): string | undefined {
  const seen = trials.map(part).filter((value) => value > 0);
  if (seen.length === 0) {
    return undefined;
  }
  const percent = (value: number) => Math.max(1, Math.round(100 * value));
  const [least, most] = [percent(Math.min(...seen)), percent(Math.max(...seen))];
  const range = least === most ? String(most) : `${least}–${most}`;
  return `${seen.length} of ${trials.length} runs, ${range}% of reads`;
}
