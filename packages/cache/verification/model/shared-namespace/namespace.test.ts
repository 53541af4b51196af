import { describe, expect, test } from 'vitest';
import { figures, story } from '../report.js';
import { type Configuration, configure } from './configuration.js';
import { checkNamespace } from './namespace-model.js';

/** The larger searches, of minutes each. */
const isFull = process.env['MODEL'] === 'full';
const timeoutMs = isFull ? 3_600_000 : 120_000;

const failover = configure('a failover, also without the claim', {
  loses: 'claim',
  crashes: false,
  failovers: 1,
});

describe('no hit is of another database', () => {
  const configurations: readonly Configuration[] = [
    configure('a claim that ends at any time'),
    ...(isFull ? [failover] : []),
  ];
  test.each(configurations)('$name', expectToHold, timeoutMs);
});

describe('what decides who is served, and not whose data', () => {
  const configurations: readonly Configuration[] = [
    configure('no claim at all', {}, { claim: 'ignored' }),
    configure('writes without the claim', {}, { writesCompareClaim: false }),
  ];
  test.each(configurations)('$name', expectToHold, timeoutMs);
});

describe('variants break the promise', () => {
  const configurations: readonly Configuration[] = [
    configure('no claim, no wait', {}, { claim: 'ignored', clearingWaits: 'never' }),
    configure('a claim, but no wait', {}, { clearingWaits: 'never' }),
    configure('a wait before the mark', {}, { claim: 'ignored', clearingWaits: 'before-its-mark' }),
    configure('trust from the end of a poll', {}, { trustFrom: 'end-of-poll' }),
    configure('a lease without trust', {}, { leasesFor: 'everybody' }),
    configure('leases that are not cleared', {}, { clears: 'values' }),
  ];
  test.each(configurations)('$name', expectToFail, timeoutMs);
});

describe('what is not promised', () => {
  const configurations: readonly Configuration[] = [
    configure('claim and watermark are lost', {
      loses: 'watermark-too',
    }),
    configure('older data under open connections', {
      failovers: 1,
      failoverEndsConnections: false,
    }),
  ];
  test.each(configurations)('$name', expectToFail, timeoutMs);
});

function expectToHold(configuration: Configuration): void {
  const result = checkNamespace(configuration);
  process.stdout.write(figures(configuration, result));
  expect(story(result)).toBe('');
}

function expectToFail(configuration: Configuration): void {
  const result = checkNamespace(configuration);
  process.stdout.write(figures(configuration, result) + story(result));
  expect(result.counterexample).toBeDefined();
}
