// Writes the OpenAPI document of this version to released/openapi.json, with which the tests compare later ones.
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../dist/openapi.js';

const file = new URL('../released/openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
