import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pagePolicy } from './page-policy.js';
const REDOC_LOGO_URL = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
const EMPTY_IMAGE = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
const PAGE_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Product API</title>
    <link rel="icon" href="data:,">
    <style>body { margin: 0 }</style>
  </head>
  <body>
    <redoc spec-url="openapi.json"></redoc>
    <script src="redoc/redoc.standalone.js"></script>
  </body>
</html>
`;
/** Returns the files of Redoc at `/redoc`, the page first. */
export function redocFiles() {
    return [
        {
            path: '/redoc',
            mediaType: 'text/html; charset=utf-8',
            read: () => PAGE_HTML,
            policy: pagePolicy,
        },
        {
            path: '/redoc/redoc.standalone.js',
            mediaType: 'text/javascript; charset=utf-8',
            read: readBundle,
        },
    ];
}
/** Returns Redoc's bundle without its logo, which the page would fetch from another host. */
async function readBundle() {
    const file = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
    const bundle = await readFile(file, 'utf8');
    return bundle.replaceAll(REDOC_LOGO_URL, EMPTY_IMAGE);
}
//# sourceMappingURL=redoc.js.map