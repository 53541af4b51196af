import type { OpenApiDocument } from '@product-api/contract/openapi';
import type { Application } from 'express';
import { allowOnly } from '../headers/allowed-methods.js';
import { JSON_MEDIA_TYPE } from '../headers/constant-headers.js';
import { redocFiles } from './redoc.js';
import { serveFile } from './static-file.js';
import { swaggerUiFiles } from './swagger-ui.js';

/** The string `/` would also match `//`. */
const ROOT_PATH = /^\/$/;

/**
 * Serves the OpenAPI document, Swagger UI (`/docs/`) and Redoc (`/redoc`). `/` redirects to Swagger
 * UI.
 *
 * All URLs in the pages and in redirects are relative, so that they also work behind a proxy that
 * adds a path prefix.
 */
export function serveDocuments(application: Application, document: OpenApiDocument): void {
  const text = JSON.stringify(document);
  const openApiFile = { path: '/openapi.json', mediaType: JSON_MEDIA_TYPE, body: text };
  for (const file of [openApiFile, ...swaggerUiFiles(), ...redocFiles()]) {
    serveFile(application, file);
  }
  application.get(ROOT_PATH, (_request, response) => response.redirect('docs/'));
  application.all(ROOT_PATH, allowOnly(['GET']));
}
