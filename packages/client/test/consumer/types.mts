import { type CreatedApiKey, createClient, NotFoundError, type Product } from '@product-api/client';

const { products, apiKeys } = createClient({ baseUrl: 'http://localhost:8080', apiKey: 'pk_1' });
const product: Product = await products.get('1');
const copy: Product | undefined = await products.get('1', { ifNoneMatch: '"v1"' });
// @ts-expect-error there is no sort key with this name: the types are not `any`
products.list({ sort: 'colour' });

const { key }: CreatedApiKey = await apiKeys.create({ name: 'shop', scopes: ['products:read'] });

export { copy, key, NotFoundError, product };
