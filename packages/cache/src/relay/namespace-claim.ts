import type { ClearReason } from '../store/store-event.js';
import type { ChangeLog } from './change-log.js';
import { StoreClaimedError } from './relay-errors.js';
import type { RelayTarget } from './relay-target.js';
import { isClearing, parseWatermark } from './watermark.js';

/** A store's watermark, read while the claim was this database's. */
export interface Sight {
  readonly databaseId: string;
  readonly watermark: string | undefined;
}

/**
 * What the process knows of its claim: its log disagrees with the watermark, or was not compared
 * yet; they agree; they agreed, and then another copy of the database moved the watermark.
 */
type Standing = 'unknown' | 'agrees' | 'parted';

/**
 * A process's part in its database's claim to a store. The claim decides which of several databases
 * uses the store; the watermark and the wait of a clearing keep their values apart.
 *
 * A process renews the claim only while its log agrees with the watermark. One whose log disagrees,
 * as it reads a restored backup or a copy, therefore gets the store once nobody else uses it.
 */
export class NamespaceClaim {
  readonly #target: RelayTarget;
  readonly #log: ChangeLog;
  #databaseId: string | undefined;
  #standing: Standing = 'unknown';
  /** Whether this process took the claim when nobody held it, and did not agree since. */
  #taken = false;
  #metOther = false;
  #foreign = false;

  constructor(target: RelayTarget, log: ChangeLog) {
    this.#target = target;
    this.#log = log;
  }

  /** Whether another database held the claim since this process was last up to date. */
  get metOther(): boolean {
    return this.#metOther;
  }

  /** Whether the watermark that was seen last is certainly not this database's. */
  get sawForeignWatermark(): boolean {
    return this.#foreign;
  }

  /**
   * Takes or renews the claim and reads the watermark, atomically.
   *
   * @throws StoreClaimedError when another database holds the claim
   */
  async look(): Promise<Sight> {
    const databaseId = this.#databaseId ?? (await this.#log.head()).databaseId;
    this.#databaseId = databaseId;
    const claimed = await this.#target.claim(databaseId, this.#standing === 'agrees');
    if (claimed.kind === 'held-by-other') {
      this.#standing = 'unknown';
      this.#taken = false;
      this.#metOther = true;
      throw new StoreClaimedError(claimed.owner, databaseId);
    }
    this.#taken ||= claimed.isNew;
    this.#foreign = isForeign(claimed.watermark, databaseId);
    return { databaseId, watermark: claimed.watermark };
  }

  /** The log belongs to another database than before, so the claim has to be made for that. */
  databaseChanged(): void {
    this.#databaseId = undefined;
    this.#standing = 'unknown';
    this.#taken = false;
  }

  /** The log agrees with the watermark. */
  agree(): void {
    this.#standing = 'agrees';
    this.#taken = false;
    this.#metOther = false;
  }

  /**
   * The log disagrees with the watermark that was seen. Where both agreed before, a copy of the
   * database is in use too, and either may have filled the store: it is marked, so that whoever
   * keeps the claim clears it.
   */
  async disagree({ databaseId, watermark }: Sight, reason: ClearReason): Promise<void> {
    if (this.#standing === 'agrees') {
      const parted = reason === 'other-history' && !this.#taken;
      this.#standing = parted ? 'parted' : 'unknown';
      if (parted) {
        await this.#target.beginClearing(watermark, databaseId);
      }
    }
  }

  /** Whether the store may be cleared: not while others hold the claim whose log may agree. */
  mayClear(reason: ClearReason): boolean {
    const isForeign = reason === 'other-database' || reason === 'other-history';
    return this.#taken || (!isForeign && this.#standing !== 'parted');
  }
}

function isForeign(watermark: string | undefined, databaseId: string): boolean {
  return (
    watermark !== undefined &&
    (isClearing(watermark) || parseWatermark(watermark)?.databaseId !== databaseId)
  );
}
