import { setImmediate } from 'node:timers/promises';
import type { BucketCharge, ChargedBucket } from '@product-api/cache';
import { expect, test } from 'vitest';
import { Account, type ChargeShared } from './account.js';
import { type Policy, policyOf } from './policy.js';
import { TokenBucket } from './token-bucket.js';

/** A unit a second. A process uses up to two units unreported. */
const policy: Policy = policyOf('read', { quota: 60, windowSeconds: 60, burst: 100 });

/** A shared bucket as in Redis, with a clock that only the test moves. */
class SharedBucket {
  now = 0;
  isOut = false;
  readonly charges: BucketCharge[] = [];
  readonly #bucket = new TokenBucket(policy);

  readonly charge: ChargeShared = async (charge): Promise<ChargedBucket> => {
    this.charges.push(charge);
    if (this.isOut) {
      throw new Error('Redis is out');
    }
    this.#bucket.correct(this.#bucket.left(this.now) - charge.spent, this.now);
    const taken = charge.asked > 0 && this.#bucket.take(charge.asked, this.now);
    return { taken, left: this.#bucket.left(this.now) };
  };

  account(): Account {
    return new Account(policy, this.charge, () => this.now);
  }
}

/** Takes single units until one is refused; returns the number of those that were not. */
async function takeAll(account: Account, now: number): Promise<number> {
  for (let taken = 0; ; taken++) {
    if (!(account.take(1, now) ?? (await account.ask(1)))) {
      return taken;
    }
  }
}

test('an account without Redis never asks', async () => {
  const account = new Account(policy, undefined, () => 0);
  expect(Array.from({ length: 101 }, () => account.take(1, 0))).toEqual([
    ...new Array(100).fill(true),
    false,
  ]);
  expect(account.msUntil(1, 0)).toBeCloseTo(1000);
  expect(account.take(1, 1000)).toBe(true);
});

test('two processes share a bucket, beyond which each uses at most two units', async () => {
  const shared = new SharedBucket();
  const [one, other] = [shared.account(), shared.account()];
  const served = (await takeAll(one, 0)) + (await takeAll(other, 0));
  expect(served).toBeGreaterThanOrEqual(100);
  expect(served).toBeLessThanOrEqual(104);
});

test('half of the unreported units are reported at once, and nothing waits', async () => {
  const shared = new SharedBucket();
  const account = shared.account();
  for (let taken = 0; taken < 5; taken++) {
    expect(account.take(1, 0)).toBe(true);
    await setImmediate();
  }
  expect(shared.charges).toEqual(new Array(5).fill({ spent: 1, asked: 0 }));
});

test('units that were used during an outage are reported after it', async () => {
  const shared = new SharedBucket();
  const account = shared.account();
  shared.isOut = true;
  expect(await takeAll(account, 0)).toBe(100);
  shared.isOut = false;
  shared.now = 10_000;
  expect(await takeAll(account, shared.now)).toBe(10);
  expect(await takeAll(shared.account(), shared.now)).toBeLessThanOrEqual(2);
});

test('units that were refilled since an outage are not reported', async () => {
  const shared = new SharedBucket();
  const account = shared.account();
  shared.isOut = true;
  for (shared.now = 0; shared.now < 500_000; shared.now += 1000) {
    expect(account.take(1, shared.now) ?? (await account.ask(1))).toBe(true);
  }
  shared.isOut = false;
  expect(account.take(1, shared.now) ?? (await account.ask(1))).toBe(true);
  expect(await takeAll(shared.account(), shared.now)).toBeGreaterThan(90);
});
