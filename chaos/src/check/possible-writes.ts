import type { History, Outage } from '../history/history.js';
import type { Write } from '../history/operation.js';
import type { PossibleWrite } from './staleness.js';

/** Returns the writes of each product that have happened or may have happened, by product id. */
export function possibleWrites({
  operations,
  outages,
}: History): ReadonlyMap<string, readonly PossibleWrite[]> {
  const writes = new Map<string, PossibleWrite[]>();
  for (const operation of operations) {
    if (operation.kind !== 'write' || operation.id === undefined) {
      continue;
    }
    if (operation.outcome.kind === 'not-found') {
      continue;
    }
    const ofProduct = writes.get(operation.id) ?? [];
    writes.set(operation.id, ofProduct);
    ofProduct.push(possibleWrite(operation, outages));
  }
  return writes;
}

function possibleWrite(write: Write, outages: readonly Outage[]): PossibleWrite {
  const { value, begin, end } = write;
  return write.outcome.kind === 'acknowledged'
    ? { value, begin, acknowledged: end, settled: end }
    : { value, begin, acknowledged: undefined, settled: deathAfter(write, outages) };
}

/**
 * A dead process writes nothing more; a live one may still carry out a write without a response.
 */
function deathAfter({ process, begin }: Write, outages: readonly Outage[]): number {
  const deaths = outages
    .filter((each) => each.process === process && each.death !== undefined && each.death >= begin)
    .map(({ death }) => Number(death));
  return Math.min(...deaths);
}
