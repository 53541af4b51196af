import { createClient } from '@product-api/client';

const draft = { name: 'Lamp', description: '', price: 1, stock_quantity: 0 };
const { products } = createClient({ baseUrl: '/' });
globalThis.done = products.create(draft).then(() => 'created', String);
