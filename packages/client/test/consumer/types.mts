import { createClient, NotFoundError, type Product } from '@product-api/client';

const { products } = createClient({ baseUrl: 'http://localhost:8080' });
const product: Product = await products.get('1');
const copy: Product | undefined = await products.get('1', { ifNoneMatch: '"v1"' });
// @ts-expect-error there is no sort key with this name: the types are not `any`
products.list({ sort: 'colour' });

export { copy, NotFoundError, product };
