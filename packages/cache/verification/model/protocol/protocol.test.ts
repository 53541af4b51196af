/**
 * Searches all states of the protocol within small bounds. `MODEL=full` also searches larger
 * bounds, in a quarter of an hour and with up to 12 GB of memory. From the folder of the package:
 *
 *     MODEL=full NODE_OPTIONS=--max-old-space-size=12000 npx vitest run verification/model
 */
import { describe, test } from 'vitest';
import { expectNoViolation, expectViolation } from '../search/expect-result.js';
import { type BrokenVariant, brokenAssumptions, brokenProtocols } from './broken-variants.js';
import type { Configuration } from './configuration.js';
import { checkProtocol } from './protocol-model.js';
import {
  equivalentVariants,
  fullConfigurations,
  quickConfigurations,
} from './verified-configurations.js';

const isFull = process.env['MODEL'] === 'full';
const TIMEOUT_MS = isFull ? 3_600_000 : 120_000;

describe('the protocol keeps both promises', () => {
  testPromisesKept([...quickConfigurations, ...(isFull ? fullConfigurations : [])]);
});

describe('an equivalent variant keeps both promises', () => {
  testPromisesKept(equivalentVariants);
});

describe('a broken variant breaks a promise', () => {
  testPromiseBroken(brokenProtocols);
});

describe('the protocol breaks a promise if an assumption does not hold', () => {
  testPromiseBroken(brokenAssumptions);
});

function testPromisesKept(configurations: readonly Configuration[]): void {
  for (const configuration of configurations) {
    test(configuration.name, { timeout: TIMEOUT_MS }, () => {
      expectNoViolation(configuration, checkProtocol(configuration));
    });
  }
}

function testPromiseBroken(variants: readonly BrokenVariant[]): void {
  for (const { configuration, maxSteps } of variants) {
    test(configuration.name, { timeout: TIMEOUT_MS }, () => {
      expectViolation(configuration, checkProtocol(configuration), maxSteps);
    });
  }
}
