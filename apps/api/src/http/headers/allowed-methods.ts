import { type AppRouter, isAppRoute } from '@ts-rest/core';
import type { Application, RequestHandler } from 'express';
import { ProblemError } from '../problems/problem-errors.js';
import { isPreflight } from './cross-origin.js';

/**
 * Adds a handler to every path of the contract for the methods without a route: 204 for OPTIONS,
 * 405 for others, both with `Allow` (RFC 9110 §9.3.7, §15.5.6). Must be called after the routes are
 * bound.
 */
export function respondToOtherMethods(application: Application, contract: AppRouter): void {
  for (const [path, methods] of methodsByPath(contract)) {
    application.all(path, allowOnly(methods));
  }
}

/** Creates the handler of a path's other methods; `methods` are the methods with a route. */
export function allowOnly(methods: Iterable<string>): RequestHandler {
  const allowed = new Set([...methods, 'OPTIONS']);
  if (allowed.has('GET')) {
    allowed.add('HEAD');
  }
  const allow = [...allowed].sort().join(', ');
  return (request, response) => {
    if (request.method !== 'OPTIONS') {
      throw new ProblemError('method-not-allowed', 'Method Not Allowed', {
        headers: { Allow: allow },
      });
    }
    response.setHeader('Allow', allow);
    if (isPreflight(request) && response.hasHeader('Access-Control-Allow-Origin')) {
      response.setHeader('Access-Control-Allow-Methods', allow);
    }
    response.status(204).end();
  };
}

function methodsByPath(contract: AppRouter): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const entry of Object.values(contract)) {
    const found = isAppRoute(entry)
      ? [[entry.path, [entry.method]] as const]
      : methodsByPath(entry);
    for (const [path, more] of found) {
      methods.set(path, [...(methods.get(path) ?? []), ...more]);
    }
  }
  return methods;
}
