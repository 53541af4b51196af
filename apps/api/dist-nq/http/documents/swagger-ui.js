import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pagePolicy } from './page-policy.js';
const PAGE_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Product API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="swagger-ui.css">
    <style>body { margin: 0 }</style>
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="swagger-ui-bundle.js"></script>
    <script src="swagger-ui-init.js"></script>
  </body>
</html>
`;
const INITIALIZER = `SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
});
`;
/** Returns the files of Swagger UI at `/docs/`: only those of its package that the page loads. */
export function swaggerUiFiles() {
    const script = 'text/javascript; charset=utf-8';
    return [
        {
            path: '/docs/',
            mediaType: 'text/html; charset=utf-8',
            read: () => PAGE_HTML,
            policy: pagePolicy,
        },
        { path: '/docs/swagger-ui-init.js', mediaType: script, read: () => INITIALIZER },
        {
            path: '/docs/swagger-ui-bundle.js',
            mediaType: script,
            read: () => readDistributed('swagger-ui-bundle.js'),
        },
        {
            path: '/docs/swagger-ui.css',
            mediaType: 'text/css; charset=utf-8',
            read: () => readDistributed('swagger-ui.css'),
        },
    ];
}
function readDistributed(name) {
    return readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`));
}
//# sourceMappingURL=swagger-ui.js.map