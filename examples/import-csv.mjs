// Imports a CSV file of products, and shows the lines that failed:
//   node examples/import-csv.mjs products.csv
// With an id, a line changes the fields that it has; without one it creates a product.
import { createReadStream } from 'node:fs';
import { createClient, ProductApiError } from '@product-api/client';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name a file: node examples/import-csv.mjs products.csv');
  process.exit(2);
}

const { products } = createClient({
  baseUrl: process.env.CATALOG_URL ?? 'http://localhost:8080',
  apiKey: process.env.CATALOG_API_KEY,
});

try {
  // The file is opened again if the connection breaks; the import then goes on where it stopped.
  const summary = await products.import(() => createReadStream(file), {
    format: 'csv',
    onError: 'skip',
    onFailed: ({ line, errors }) => {
      for (const { field, message } of errors) {
        console.log(`line ${line}: ${field}: ${message}`);
      }
    },
  });
  const { created, updated, unchanged, failed } = summary;
  console.log(`${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof ProductApiError ? error.message : error);
  process.exitCode = 1;
}
