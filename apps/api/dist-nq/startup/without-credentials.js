/** Shown in place of a URL that may contain a password. */
const HIDDEN_URL = '(not shown: it may hold a password)';
/**
 * Returns a file URL, or the URL of a Redis or PostgreSQL server without user, password, query and
 * fragment, for display.
 *
 * A mistyped URL can have a password anywhere, so any text that might contain one is hidden
 * completely.
 */
export function withoutCredentials(text) {
    if (!URL.canParse(text)) {
        return HIDDEN_URL;
    }
    const url = new URL(text);
    switch (url.protocol) {
        case 'file:':
            return displayFileUrl(text);
        case 'redis:':
        case 'rediss:':
            return displayServerUrl(url, /^(?:\/\d*)?$/);
        case 'postgres:':
        case 'postgresql:':
            return displayServerUrl(url, /^\/[\w-]+$/);
        default:
            return HIDDEN_URL;
    }
}
/**
 * Returns a file URL as it is. It is hidden if it contains `@`, `?`, `#` or a second `//`, because
 * it may be a mistyped URL of another kind.
 */
function displayFileUrl(text) {
    return /^file:(?:\/\/(?:localhost)?(?=\/))?(?!\/\/)(?:(?!\/\/)[^@?#])+$/i.test(text)
        ? text
        : HIDDEN_URL;
}
/**
 * Returns scheme, host and database. The URL is hidden if its path is not a database, or if query
 * or fragment contain `@`: an unescaped `/`, `?` or `#` in a password moves its rest there.
 */
function displayServerUrl({ protocol, host, pathname, search, hash }, database) {
    const isHostKnown = host !== '' && !`${search}${hash}`.includes('@');
    return isHostKnown && database.test(pathname) ? `${protocol}//${host}${pathname}` : HIDDEN_URL;
}
//# sourceMappingURL=without-credentials.js.map