/**
 * The `Content-Security-Policy` of both pages: own scripts, inline styles, nothing from other
 * hosts.
 */
export const pagePolicy = [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    'worker-src blob:',
    "frame-ancestors 'none'",
].join('; ');
//# sourceMappingURL=page-policy.js.map