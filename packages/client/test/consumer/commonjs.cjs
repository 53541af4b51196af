const sdk = require('@product-api/client');

async function main() {
  const { everyOperation } = await import('./every-operation.mjs');
  process.stdout.write(JSON.stringify(await everyOperation(sdk, ...process.argv.slice(2))));
}

void main();
