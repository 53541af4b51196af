import { once } from 'node:events';
import { migrate, openDatabase, seedSamples } from '../src/index.js';

const url = process.argv[2] ?? '';
process.send?.('ready');
await once(process, 'message');

const applied = await migrate({ url });
const database = await openDatabase({ url });
const seeded = await seedSamples(database);
await database.close();
process.stdout.write(JSON.stringify({ applied, seeded }));
process.disconnect();
