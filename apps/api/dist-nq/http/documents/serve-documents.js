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
export function serveDocuments(application) {
    const openApi = { path: '/openapi.json', mediaType: JSON_MEDIA_TYPE, read: openApiText };
    for (const file of [openApi, ...swaggerUiFiles(), ...redocFiles()]) {
        serveFile(application, file);
    }
    application.get(ROOT_PATH, (_request, response) => response.redirect('docs/'));
    application.all(ROOT_PATH, allowOnly(['GET']));
}
/** Loads the generator of the document when it is used: few processes are ever asked for it. */
async function openApiText() {
    const { openApiDocument } = await import('@product-api/contract/openapi');
    return JSON.stringify(openApiDocument());
}
//# sourceMappingURL=serve-documents.js.map