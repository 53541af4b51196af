import type { Page } from 'playwright-core';

/** Unwanted actions of a page. */
export interface PageFaults {
  /** Errors and warnings on the console, and exceptions. */
  readonly console: string[];
  /** URLs of requests to other origins or paths than the service's. */
  readonly elsewhere: string[];
}

/** Starts to record the unwanted actions of a page of the service at `baseUrl`. */
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
