import type { Scope } from '@product-api/contract';

/** A key as the database has it. */
export interface StoredApiKey {
  /** 12 letters and digits, which are part of the key. */
  readonly id: string;
  /** The `hashOf` the key. */
  readonly hash: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  /** From then on the key is refused; null for never. */
  readonly expiresAt: Date | null;
}

/** Returns whether a key is refused at a time because it has expired. */
export function isExpired({ expiresAt }: Pick<StoredApiKey, 'expiresAt'>, at: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() <= at.getTime();
}
