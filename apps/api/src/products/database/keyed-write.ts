import type { KeyedRequest } from '../../idempotency/keyed-request.js';
import type { Precondition } from '../precondition.js';
import type { ProductWrite } from './product-writes.js';

/**
 * A write with an idempotency key. It does not select a version: its precondition is checked in the
 * transaction of the write.
 */
export type KeyedWrite = ProductWrite & {
  readonly keyed: KeyedRequest;
  readonly precondition?: Precondition | undefined;
};
