import { describe, test } from 'vitest';
import { expectNoViolation, expectViolation } from '../search/expect-result.js';
import { type Configuration, configure } from './configuration.js';
import { checkSharedNamespace } from './shared-namespace-model.js';

/** Whether to run the larger searches too, of minutes each. */
const isFull = process.env['MODEL'] === 'full';
const TIMEOUT_MS = isFull ? 3_600_000 : 120_000;

const failover = configure('a failover to a copy without the claim', {
  losses: 'claim',
  failovers: 1,
});

describe('every hit is of the own database', () => {
  testPromiseKept([
    configure('although processes crash and the claim is lost', { crashes: true }),
    ...(isFull ? [failover] : []),
  ]);
});

describe('the claim only decides which database uses the cache: every hit is of the own one', () => {
  testPromiseKept([
    configure('without a claim', { crashes: isFull }, { claim: 'ignored' }),
    configure(
      'with writes that ignore the claim',
      { crashes: isFull },
      { writesCompareClaim: false },
    ),
  ]);
});

describe('a broken variant serves a hit of another database', () => {
  testPromiseBroken([
    configure('no claim, no wait', {}, { claim: 'ignored', clearingWaits: 'never' }),
    configure('a claim, but no wait', {}, { clearingWaits: 'never' }),
    configure('a wait before the mark', {}, { claim: 'ignored', clearingWaits: 'before-its-mark' }),
    configure('reads allowed from the end of a poll', {}, { mayReadFrom: 'end-of-poll' }),
    configure('leases for processes that may not read', {}, { leasesFor: 'all-processes' }),
    configure('leases that survive a clearing', {}, { clears: 'values' }),
  ]);
});

describe('the protocol serves a hit of another database if an assumption does not hold', () => {
  testPromiseBroken([
    configure('Redis loses both the claim and the watermark', { losses: 'watermark-too' }),
    configure('Redis returns to older data under open connections', {
      failovers: 1,
      failoverEndsConnections: false,
    }),
  ]);
});

function testPromiseKept(configurations: readonly Configuration[]): void {
  for (const configuration of configurations) {
    test(configuration.name, { timeout: TIMEOUT_MS }, () => {
      expectNoViolation(configuration, checkSharedNamespace(configuration));
    });
  }
}

function testPromiseBroken(variants: readonly Configuration[]): void {
  for (const variant of variants) {
    test(variant.name, { timeout: TIMEOUT_MS }, () => {
      expectViolation(variant, checkSharedNamespace(variant));
    });
  }
}
