import { fileURLToPath } from 'node:url';
import { runOnCore } from '../run/machine.js';
import type { RateLoad, RateResult } from './constant-rate.js';
import { type HttpRequest, wireText } from './send-load.js';

/** A load at a constant rate. */
export interface ConstantRate extends Omit<RateLoad, 'port' | 'requests'> {
  readonly url: string;
  readonly requests: readonly HttpRequest[];
}

const program = new URL('../../dist/http/load/constant-rate.js', import.meta.url);

/** Lets Redis, on the same core, run whenever it has work: the generator never sleeps. */
const YIELDING = ['nice', '-n', '3'];

/**
 * Sends requests at fixed times, whether or not earlier ones have their responses.
 *
 * @param core the core of the generator; undefined for any
 * @throws {Error} when a request gets an error response or none
 */
export async function sendAtRate(
  { url, requests, ...load }: ConstantRate,
  core: number | undefined,
): Promise<RateResult> {
  const texts = requests.map(wireText);
  const argument: RateLoad = { ...load, port: Number(new URL(url).port), requests: texts };
  const command = [...YIELDING, process.execPath, fileURLToPath(program), JSON.stringify(argument)];
  // The program prints this type.
  const result = (await runOnCore(core, command)) as RateResult;
  if (result.failed > 0) {
    throw new Error(`Of ${result.requests} requests to ${url}, ${result.failed} failed`);
  }
  return result;
}
