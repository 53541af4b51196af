import { type AppRouter, isAppRoute } from '@ts-rest/core';
import type { Application, RequestHandler } from 'express';
import { isPreflight } from '../cross-origin.js';
import { ProblemError } from './problem-error.js';

/**
 * Answers, for every path of the contract, the methods that it has no route for: OPTIONS with 204,
 * any other with 405, both with `Allow` (RFC 9110 §9.3.7, §15.5.6). Called after the routes are bound.
 */
export function answerOtherMethods(application: Application, contract: AppRouter): void {
  for (const [path, methods] of methodsByPath(contract)) {
    application.all(path, allowOnly(methods));
  }
}

/** Answers a path's other methods; `methods` are those that it has a route for. */
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
