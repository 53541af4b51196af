/**
 * Searches every state of the protocol within small bounds. `MODEL=full` searches larger bounds too,
 * in a quarter of an hour and up to 12 GB of memory. From the package's folder:
 *
 *     MODEL=full NODE_OPTIONS=--max-old-space-size=12000 npx vitest run model
 */
import { describe, expect, it as test } from 'vitest';
import { type BrokenVariant, brokenAssumptions, brokenProtocols } from './broken-variants.js';
import type { Configuration } from './configuration.js';
import { checkProtocol } from './protocol-model.js';
import { figures, story } from './report.js';
import {
  equivalentProtocols,
  fullConfigurations,
  quickConfigurations,
} from './verified-configurations.js';

const isFull = process.env['MODEL'] === 'full';
const timeoutMs = isFull ? 3_600_000 : 120_000;

describe('the protocol keeps both promises', () => {
  const configurations = [...quickConfigurations, ...(isFull ? fullConfigurations : [])];
  test.each(configurations)('with $name', expectToHold, timeoutMs);
});

describe('variants that keep both promises too', () => {
  test.each(equivalentProtocols)('$name', expectToHold, timeoutMs);
});

describe('variants that look equivalent break a promise', () => {
  test.each(brokenProtocols)('$configuration.name', expectToFail, timeoutMs);
});

describe('what the protocol does not promise', () => {
  test.each(brokenAssumptions)('$configuration.name', expectToFail, timeoutMs);
});

function expectToHold(configuration: Configuration): void {
  const result = checkProtocol(configuration);
  process.stdout.write(figures(configuration, result));
  expect(story(result)).toBe('');
}

function expectToFail({ configuration, steps }: BrokenVariant): void {
  const result = checkProtocol(configuration);
  process.stdout.write(figures(configuration, result) + story(result));
  expect(result.counterexample?.trace.length ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
    steps,
  );
}
