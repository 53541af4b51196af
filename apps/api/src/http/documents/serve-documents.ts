import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { OpenApiDocument } from '@product-api/contract/openapi';
import type { Application, RequestHandler } from 'express';
import swaggerUi from 'swagger-ui-express';
import { allowOnly } from './allowed-methods.js';
import { sendJsonText } from './send-json.js';

/** As text it would match `//` too. */
const ROOT_PATH = /^\/$/;

const DOCUMENT_PATH = '/openapi.json';
const REDOC_BUNDLE_PATH = '/redoc/redoc.standalone.js';

const REDOC_LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg';

const EMPTY_PICTURE = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

/** Both pages run their own scripts and style themselves inline; nothing comes from another host. */
const PAGE_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'worker-src blob:',
  "frame-ancestors 'none'",
].join('; ');

/** Serves the OpenAPI document, and Swagger UI (`/docs`, where `/` leads) and Redoc (`/redoc`) on it. */
export function serveDocuments(application: Application, document: OpenApiDocument): void {
  const text = JSON.stringify(document);
  application.get(ROOT_PATH, (_request, response) => response.redirect('/docs/'));
  application.get(DOCUMENT_PATH, (_request, response) => sendJsonText(response, 200, text));
  application.use('/docs', pagePolicy, swaggerUi.serve);
  application.get(
    '/docs',
    swaggerUi.setup(undefined, {
      customSiteTitle: 'Product API',
      swaggerOptions: { url: DOCUMENT_PATH },
    }),
  );
  const bundle = redocBundle();
  application.get('/redoc', pagePolicy, (_request, response) => {
    response.type('html').send(REDOC_PAGE);
  });
  application.get(REDOC_BUNDLE_PATH, (_request, response) => {
    response.type('js').send(bundle);
  });
  for (const path of [ROOT_PATH, DOCUMENT_PATH, '/docs', '/redoc', REDOC_BUNDLE_PATH]) {
    application.all(path, allowOnly(['GET']));
  }
}

/** Redoc's bundle, with an empty picture in place of the logo that it would fetch from its maker's host. */
function redocBundle(): Buffer {
  const file = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
  const script = readFileSync(file, 'utf8').replaceAll(REDOC_LOGO, EMPTY_PICTURE);
  // As bytes, all responses share it, those to slow readers too.
  return Buffer.from(script);
}

const pagePolicy: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', PAGE_POLICY);
  next();
};

const REDOC_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Product API</title>
    <link rel="icon" href="data:,">
    <style>body { margin: 0 }</style>
  </head>
  <body>
    <redoc spec-url="${DOCUMENT_PATH}"></redoc>
    <script src="${REDOC_BUNDLE_PATH}"></script>
  </body>
</html>
`;
