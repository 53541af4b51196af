/**
 * Searches all states of the protocol within small bounds. `MODEL=full` also searches larger bounds,
 * in a quarter of an hour and with up to 12 GB of memory. From the folder of the package:
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
const timeoutMs = isFull ? 3_600_000 : 120_000;

describe('the protocol keeps both promises', () => {
  const configurations = [...quickConfigurations, ...(isFull ? fullConfigurations : [])];
  test.each(configurations)('with $name', expectPromisesKept, timeoutMs);
});

describe('an equivalent variant keeps both promises', () => {
  test.each(equivalentVariants)('$name', expectPromisesKept, timeoutMs);
});

describe('a broken variant breaks a promise', () => {
  test.each(brokenProtocols)('$configuration.name', expectPromiseBroken, timeoutMs);
});

describe('the protocol breaks a promise if an assumption does not hold', () => {
  test.each(brokenAssumptions)('$configuration.name', expectPromiseBroken, timeoutMs);
});

function expectPromisesKept(configuration: Configuration): void {
  expectNoViolation(configuration, checkProtocol(configuration));
}

function expectPromiseBroken({ configuration, maxSteps }: BrokenVariant): void {
  expectViolation(configuration, checkProtocol(configuration), maxSteps);
}
