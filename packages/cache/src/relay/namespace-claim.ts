import type { ClearReason } from '../store/store-event.js';
import type { ChangeLog } from './change-log.js';
import { StoreClaimedError } from './relay-errors.js';
import type { RelayTarget } from './relay-target.js';
import { isClearing, parseWatermark } from './watermark.js';

/** A store's watermark, as it was read while this database held the claim. */
export interface ClaimedWatermark {
  readonly databaseId: string;
  readonly watermark: string | undefined;
}

/**
 * How this process's log compares with the watermark. `'unknown'`: they disagree or were not
 * compared yet. `'agrees'`: they agree. `'diverged'`: they agreed before, and then another copy of
 * the database moved the watermark.
 */
type Agreement = 'unknown' | 'agrees' | 'diverged';

/**
 * One process's part in its database's claim to a store. The claim decides which of several
 * databases uses the store. The watermark and the wait of a clearing keep the values of the
 * databases apart.
 *
 * A process renews the claim only while its log agrees with the watermark. A process whose log
 * disagrees, because it reads a restored backup or a copy, gets the store once nobody else uses it.
 */
export class NamespaceClaim {
  readonly #target: RelayTarget;
  readonly #log: ChangeLog;
  #databaseId: string | undefined;
  #agreement: Agreement = 'unknown';
  /** Whether this process took a free claim and its log has not agreed with the watermark since. */
  #isNew = false;
  #wasHeldByOther = false;
  #sawForeignWatermark = false;

  constructor(target: RelayTarget, log: ChangeLog) {
    this.#target = target;
    this.#log = log;
  }

  /** Whether another database held the claim since this process was last up to date. */
  get wasHeldByOther(): boolean {
    return this.#wasHeldByOther;
  }

  /** Whether the last watermark that was read certainly belongs to another database. */
  get sawForeignWatermark(): boolean {
    return this.#sawForeignWatermark;
  }

  /**
   * Takes or renews the claim and reads the watermark, atomically.
   *
   * @throws {StoreClaimedError} when another database holds the claim.
   */
  async poll(): Promise<ClaimedWatermark> {
    const databaseId = this.#databaseId ?? (await this.#log.head()).databaseId;
    this.#databaseId = databaseId;
    const claimed = await this.#target.claim(databaseId, this.#agreement === 'agrees');
    if (claimed.kind === 'held-by-other') {
      this.#agreement = 'unknown';
      this.#isNew = false;
      this.#wasHeldByOther = true;
      throw new StoreClaimedError(claimed.owner, databaseId);
    }
    this.#isNew ||= claimed.isNew;
    this.#sawForeignWatermark = isForeign(claimed.watermark, databaseId);
    return { databaseId, watermark: claimed.watermark };
  }

  /** Notes that the log belongs to another database than before, which needs its own claim. */
  noteOtherDatabase(): void {
    this.#databaseId = undefined;
    this.#agreement = 'unknown';
    this.#isNew = false;
  }

  /** Notes that the log agrees with the watermark. */
  noteAgreement(): void {
    this.#agreement = 'agrees';
    this.#isNew = false;
    this.#wasHeldByOther = false;
  }

  /**
   * Notes that the log disagrees with the watermark. If both agreed before, a copy of the database
   * is in use too, and either may have filled the store. The store is then marked, so that the
   * process that keeps the claim clears it.
   */
  async noteDisagreement(
    { databaseId, watermark }: ClaimedWatermark,
    reason: ClearReason,
  ): Promise<void> {
    if (this.#agreement === 'agrees') {
      const hasDiverged = reason === 'other-history' && !this.#isNew;
      this.#agreement = hasDiverged ? 'diverged' : 'unknown';
      if (hasDiverged) {
        await this.#target.beginClearing(watermark, databaseId);
      }
    }
  }

  /**
   * Returns whether this process may clear the store: not while another process whose log may agree
   * with the watermark holds the claim.
   */
  mayClear(reason: ClearReason): boolean {
    const isForeign = reason === 'other-database' || reason === 'other-history';
    return this.#isNew || (!isForeign && this.#agreement !== 'diverged');
  }
}

function isForeign(watermark: string | undefined, databaseId: string): boolean {
  return (
    watermark !== undefined &&
    (isClearing(watermark) || parseWatermark(watermark)?.databaseId !== databaseId)
  );
}
