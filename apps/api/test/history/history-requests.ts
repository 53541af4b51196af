import type { HistoryEntry, HistoryPage, Product } from '@product-api/contract';
import { expect } from 'vitest';
import { type RawResponse, send, sendJson } from '../raw-request.js';

/** Requests for histories to one service. */
export interface HistoryRequests {
  /** Sends a body as JSON, and returns the product of the response. */
  write(method: string, path: string, body: unknown): Promise<Product>;
  delete(id: string): Promise<void>;
  /** Returns one page of a history. */
  page(id: string, query?: string): Promise<HistoryPage>;
  /** Returns the first page of a history as `kind version`, and the values that were replaced. */
  changes(id: string): Promise<unknown[]>;
  restore(id: string, body?: unknown, headers?: Record<string, string>): Promise<RawResponse>;
}

/** Returns the functions that send requests to the service that `baseUrl` returns. */
export function historyRequests(baseUrl: () => string): HistoryRequests {
  const page = async (id: string, query = ''): Promise<HistoryPage> => {
    const response = await send(baseUrl(), { path: `/products/${id}/history${query}` });
    expect(response.status, response.text).toBe(200);
    return JSON.parse(response.text);
  };
  return {
    page,
    async write(method, path, body) {
      const { status, text } = await sendJson(baseUrl(), method, path, JSON.stringify(body));
      expect([200, 201], text).toContain(status);
      return JSON.parse(text);
    },
    async delete(id) {
      expect((await send(baseUrl(), { method: 'DELETE', path: `/products/${id}` })).status).toBe(
        204,
      );
    },
    async changes(id) {
      return (await page(id)).items.map(summaryOf);
    },
    restore: (id, body = {}, headers = {}) =>
      send(baseUrl(), {
        method: 'POST',
        path: `/products/${id}/restore`,
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}

function summaryOf({ kind, version, previous }: HistoryEntry): unknown {
  return [`${kind} ${version}`, previous];
}
