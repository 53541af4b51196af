import { findChromium } from '@product-api/testing';
import { type Browser, chromium, type Page } from 'playwright-core';

/** What a page did that it should not have done. */
export interface PageFaults {
  /** Errors and warnings on the console, and exceptions. */
  readonly console: string[];
  /** Requests to any address that does not begin with the service's. */
  readonly elsewhere: string[];
}

/** Starts a Chromium without a window that makes no requests of its own. */
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

/** Records the faults of a page of the service at `baseUrl`, from now on. */
export function watchPage(page: Page, baseUrl: string): PageFaults {
  const faults: PageFaults = { console: [], elsewhere: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      faults.console.push(message.text());
    }
  });
  page.on('pageerror', (error) => faults.console.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (/^(https?|wss?):/.test(url) && !url.startsWith(`${baseUrl}/`)) {
      faults.elsewhere.push(url);
    }
  });
  return faults;
}
