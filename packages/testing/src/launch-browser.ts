import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './programs/find-programs.js';

/**
 * Starts a headless Chromium without background requests.
 *
 * @throws {MissingProgramError} when there is no Chromium
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
