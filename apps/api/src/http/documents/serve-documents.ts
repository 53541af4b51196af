import type { OpenApiDocument } from '@product-api/contract/openapi';
import type { Application } from 'express';
import { allowOnly } from '../problems/allowed-methods.js';
import { jsonMediaType } from '../send-json.js';
import { redocFiles } from './redoc.js';
import { serveFile } from './static-file.js';
import { swaggerUiFiles } from './swagger-ui.js';

/** As text it would match `//` too. */
const rootPath = /^\/$/;

/**
 * Serves the OpenAPI document, and Swagger UI (`/docs/`, where `/` leads) and Redoc (`/redoc`) on it.
 *
 * All addresses in the pages and all redirects are relative, so that they also hold behind a proxy
 * that serves them under a path prefix.
 */
export function serveDocuments(application: Application, document: OpenApiDocument): void {
  const text = JSON.stringify(document);
  const openApiFile = { path: '/openapi.json', mediaType: jsonMediaType, body: text };
  for (const file of [openApiFile, ...swaggerUiFiles(), ...redocFiles()]) {
    serveFile(application, file);
  }
  application.get(rootPath, (_request, response) => response.redirect('docs/'));
  application.all(rootPath, allowOnly(['GET']));
}
