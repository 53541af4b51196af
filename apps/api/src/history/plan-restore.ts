import type { ProductRepository } from '../products/product-repository.js';
import type { HistoryRepository } from './history-repository.js';
import type { RestorePlan } from './restore-plan.js';
import type { StoredEntry } from './stored-entry.js';
import { differences, type VersionValues, valuesBefore } from './version-values.js';

/** Where a plan reads products and their histories. */
export interface RestoreSources {
  readonly products: Pick<ProductRepository, 'find'>;
  readonly history: Pick<HistoryRepository, 'entries' | 'changesSince'>;
}

/**
 * Plans how to restore a product. It takes no lock: the values of a version never change, so the
 * plan holds until the product is created or deleted.
 *
 * @param version default: the last one before the deletion
 */
export async function planRestore(
  { products, history }: RestoreSources,
  id: string,
  version: number | undefined,
): Promise<RestorePlan> {
  const stored = await products.find({ id });
  const { entries } = await history.entries({
    ...{ id, order: 'newest-first', after: undefined, limit: 2 },
  });
  const [last, beforeLast] = entries;
  const plan = { exists: stored !== undefined, lastVersion: last?.version };
  if (!stored && !last) {
    return { ...plan, step: { kind: 'not-found' } };
  }
  if (version === undefined) {
    if (!stored) {
      return { ...plan, step: stepTo(await valuesDeletedBy(last)) };
    }
    // The first request may have restored the product, and its response may have been lost.
    const target = last?.kind === 'create' ? await valuesDeletedBy(beforeLast) : undefined;
    const isRestored =
      target && Object.keys(differences(stored.product, target.values)).length === 0;
    return { ...plan, step: isRestored ? stepTo(target) : { kind: 'version-required' } };
  }
  const isKept = version === stored?.version || (await isLogged(history, id, version));
  const target = isKept
    ? await valuesBefore(history.changesSince(id, version), stored?.product)
    : undefined;
  return { ...plan, step: stepTo(target) };
}

function stepTo(target: VersionValues | undefined): RestorePlan['step'] {
  return target ? { kind: 'set', target } : { kind: 'version-not-found' };
}

/** Returns the values that a deletion has replaced; undefined for any other change. */
async function valuesDeletedBy(
  change: StoredEntry | undefined,
): Promise<VersionValues | undefined> {
  return change?.kind === 'delete' ? valuesBefore([change], undefined) : undefined;
}

/** Returns whether the log has the change that led to a version, and it was not a deletion. */
async function isLogged(
  history: RestoreSources['history'],
  id: string,
  version: number,
): Promise<boolean> {
  const { entries } = await history.entries({
    ...{ id, order: 'newest-first', limit: 1 },
    after: { version, number: Number.MAX_SAFE_INTEGER },
  });
  const [change] = entries;
  return change?.version === version && change.kind !== 'delete';
}
