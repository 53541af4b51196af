import type { Disturbance } from '../history/disturbance.js';
import type { History } from '../history/history.js';
import type { Write } from '../history/operation.js';
import type { PossibleWrite } from './staleness.js';

/** What may have happened to each product: its writes but those that are known not to have been. */
export function possibleWrites({
  operations,
  disturbances,
}: History): ReadonlyMap<string, readonly PossibleWrite[]> {
  const writes = new Map<string, PossibleWrite[]>();
  for (const operation of operations) {
    if (operation.kind !== 'write' || operation.id === undefined) {
      continue;
    }
    if (operation.outcome.kind === 'not-there') {
      continue;
    }
    const ofProduct = writes.get(operation.id) ?? [];
    writes.set(operation.id, ofProduct);
    ofProduct.push(possibleWrite(operation, disturbances));
  }
  return writes;
}

function possibleWrite(write: Write, disturbances: readonly Disturbance[]): PossibleWrite {
  const { value, begin, end } = write;
  return write.outcome.kind === 'acknowledged'
    ? { value, begin, acknowledged: end, settled: end }
    : { value, begin, acknowledged: undefined, settled: deathAfter(write, disturbances) };
}

/** A process that is gone does nothing more; one that lives may, for whoever no longer listens. */
function deathAfter({ process, begin }: Write, disturbances: readonly Disturbance[]): number {
  const deaths = disturbances
    .filter((each) => each.process === process && each.death !== undefined && each.death >= begin)
    .map(({ death }) => Number(death));
  return Math.min(...deaths);
}
