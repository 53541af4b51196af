import { z } from 'zod';
/**
 * Parses a comma-separated list of origins into the form that browsers send:
 * `HTTPS://Shop.example:443/` becomes `https://shop.example`. Text that is not an origin is
 * rejected, because it would never match.
 */
export const corsOrigins = z.string().transform((text, context) => {
    const entries = text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
    if (entries.length === 1 && entries[0] === '*') {
        return '*';
    }
    const origins = new Set();
    for (const entry of entries) {
        const parsed = parseOrigin(entry);
        if ('problem' in parsed) {
            const message = `${displayEntry(entry, text)} ${parsed.problem}`;
            context.addIssue({ code: 'custom', message });
        }
        else {
            origins.add(parsed.origin);
        }
    }
    return [...origins];
});
const SCHEME_AND_REST = /^([a-z][a-z\d+.-]*:)\/\/(.*)$/i;
/** Schemes that never appear in an `Origin` header. */
const schemesWithoutOrigin = ['file:', 'ftp:', 'ws:', 'wss:'];
const schemeNeeded = { problem: 'must begin with https:// or http://' };
function parseOrigin(entry) {
    if (entry === '*') {
        return { problem: 'allows every origin, so it must be alone' };
    }
    if (entry.toLowerCase() === 'null') {
        return { problem: 'is the origin of sandboxed frames and local files, and cannot be allowed' };
    }
    const [, scheme, rest] = SCHEME_AND_REST.exec(entry) ?? [];
    if (scheme === undefined || rest === undefined) {
        return schemeNeeded;
    }
    if (schemesWithoutOrigin.includes(scheme.toLowerCase())) {
        return schemeNeeded;
    }
    return parseHost(scheme, rest.endsWith('/') ? rest.slice(0, -1) : rest);
}
function parseHost(scheme, host) {
    if (host.includes('*')) {
        return { problem: 'must not contain *: list each origin, or use * alone to allow all' };
    }
    if (/\s/.test(host)) {
        return { problem: 'must be separated from the next origin by a comma' };
    }
    if (host.includes('@')) {
        return { problem: 'must have no user and no password' };
    }
    if (/[/?#\\]/.test(host)) {
        return { problem: 'must have no path, query or fragment after the host' };
    }
    if (!URL.canParse(`${scheme}//${host}`) || host === '' || /:0+$/.test(host)) {
        return { problem: 'must have a valid host and, if it has a port, one from 1 to 65535' };
    }
    // `URL.origin` is "null" for the schemes of apps, such as capacitor:, so it is built here.
    const url = new URL(`${scheme}//${host}`);
    return { origin: `${url.protocol}//${url.host.toLowerCase()}` };
}
/**
 * Returns an entry for display. Text before an `@` may be a password. A password may contain commas
 * and further `@`, so only what follows the single `@` of the whole text is certain to be a host.
 */
function displayEntry(entry, text) {
    const [before, host, ...others] = text.split('@');
    if (host === undefined) {
        return entry;
    }
    const [scheme = ''] = /^[a-z][a-z\d+.-]*:\/\//i.exec(entry) ?? [];
    const isHostCertain = others.length === 0 && !before?.includes(',') && entry.includes('@');
    return isHostCertain ? `${scheme}…@${entry.split('@')[1]}` : `${scheme}…`;
}
//# sourceMappingURL=cors-origins.js.map