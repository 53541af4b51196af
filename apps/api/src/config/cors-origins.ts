import { z } from 'zod';

/** Origins whose pages may call the service from a browser; `*` means every origin. */
export type CorsOrigins = '*' | readonly string[];

/**
 * Parses a comma-separated list of origins into the form that browsers send:
 * `HTTPS://Shop.example:443/` becomes `https://shop.example`. Text that is not an origin is
 * refused, because it would never match.
 */
export const corsOrigins = z.string().transform((text, context): CorsOrigins => {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 1 && entries[0] === '*') {
    return '*';
  }
  const origins = new Set<string>();
  for (const entry of entries) {
    const parsed = parseOrigin(entry);
    if ('fault' in parsed) {
      context.addIssue({ code: 'custom', message: `${withoutUser(entry)} ${parsed.fault}` });
    } else {
      origins.add(parsed.origin);
    }
  }
  return [...origins];
});

type ParsedOrigin = { readonly origin: string } | { readonly fault: string };

const SCHEME_AND_REST = /^([a-z][a-z\d+.-]*:)\/\/(.*)$/i;

/** URL schemes whose pages cannot send requests with an origin. */
const schemesWithoutPages = ['file:', 'ftp:', 'ws:', 'wss:'];

const schemeNeeded = { fault: 'should begin with https:// or http://' };

function parseOrigin(entry: string): ParsedOrigin {
  if (entry === '*') {
    return { fault: 'stands for every origin, so it should be alone' };
  }
  if (entry.toLowerCase() === 'null') {
    return { fault: 'stands for any page without an origin, and cannot be allowed' };
  }
  const [, scheme, rest] = SCHEME_AND_REST.exec(entry) ?? [];
  if (scheme === undefined || rest === undefined) {
    return schemeNeeded;
  }
  if (schemesWithoutPages.includes(scheme.toLowerCase())) {
    return schemeNeeded;
  }
  return parseHost(scheme, rest.endsWith('/') ? rest.slice(0, -1) : rest);
}

function parseHost(scheme: string, host: string): ParsedOrigin {
  if (host.includes('*')) {
    return { fault: 'should have no * in it: name each origin, or give * alone for every one' };
  }
  if (/\s/.test(host)) {
    return { fault: 'should be separated from the next origin by a comma' };
  }
  if (host.includes('@')) {
    return { fault: 'should have no user and no password' };
  }
  if (/[/?#\\]/.test(host)) {
    return { fault: 'should have no path, query or fragment after the host' };
  }
  if (!URL.canParse(`${scheme}//${host}`) || host === '') {
    return { fault: 'should have a valid host, and a port from 1 to 65535 if any' };
  }
  // `URL.origin` is opaque for the scheme of an app, such as capacitor://localhost.
  const url = new URL(`${scheme}//${host}`);
  return { origin: `${url.protocol}//${url.host.toLowerCase()}` };
}

/** Returns an entry for display: text before an @ may be a password. */
function withoutUser(entry: string): string {
  return entry.replace(/^(.*:\/\/)?.*@/, '$1…@');
}
