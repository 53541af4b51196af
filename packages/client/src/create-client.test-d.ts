import type { contract } from '@product-api/contract';
import { expectTypeOf } from 'vitest';
import type { ContractClient } from './contract-client.js';
import { type Client, NotFoundError, type Product, type ProductApiError } from './index.js';

/** Calls that must not compile. `tsc` checks them; they are never run. */
export async function refusals({ products }: Client, routes: ContractClient, id: string) {
  const mouse = { name: 'Mouse', description: '', price: 1, stock_quantity: 0 };
  expectTypeOf(await products.create(mouse)).toEqualTypeOf<Product>();

  // @ts-expect-error a field is missing
  await products.create({ name: 'Mouse', description: '', price: 1 });
  // @ts-expect-error a field has another type
  await products.create({ ...mouse, price: '1' });
  // @ts-expect-error there is no field with this name
  await products.update(id, { stock: 1 });
  // @ts-expect-error omit the option for an unconditional change
  await products.update(id, {}, { ifMatch: undefined });
  // @ts-expect-error there is no sort key with this name
  products.list({ sort: 'colour' });
  // @ts-expect-error the page size is an option, because the loop hides the pages
  products.list({ limit: 5 });
  // @ts-expect-error a product does not have its entity tag
  (await products.get(id)).etag;

  const { status } = await routes.products.create({ body: mouse });
  expectTypeOf(status).toEqualTypeOf<201>();
  // @ts-expect-error the contract does not declare this status
  expectTypeOf(status === 202);
}

/** Routes of the contract without a function, and groups of routes without operations. */
type Missing = {
  [Group in keyof typeof contract]: Group extends keyof Client
    ? Exclude<keyof (typeof contract)[Group], keyof Client[Group]>
    : Group;
}[keyof typeof contract];

/** Every route has a function, except `GET /health`, which is `GET /health/live` by another path. */
expectTypeOf<Missing>().toEqualTypeOf<'health'>();

/** The name of an error is a literal type, so that `tsc` checks comparisons with it. */
export function narrowing(error: ProductApiError) {
  expectTypeOf(error.status).toEqualTypeOf<number | undefined>();
  if (error instanceof NotFoundError) {
    expectTypeOf<(typeof error)['name']>().toEqualTypeOf<'NotFoundError'>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
    expectTypeOf(error.problem.request_id).toEqualTypeOf<string>();
  }
}
