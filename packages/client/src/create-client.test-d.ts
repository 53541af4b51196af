import { expectTypeOf } from 'vitest';
import type { ContractClient } from './contract-client.js';
import { type Client, NotFoundError, type Product, type ProductApiError } from './index.js';

/** Compiled by `tsc`, never run: what the types must refuse. */
export async function refusals({ products }: Client, routes: ContractClient, id: string) {
  const mouse = { name: 'Mouse', description: '', price: 1, stock_quantity: 0 };
  expectTypeOf(await products.create(mouse)).toEqualTypeOf<Product>();

  // @ts-expect-error a member is missing
  await products.create({ name: 'Mouse', description: '', price: 1 });
  // @ts-expect-error a member has another type
  await products.create({ ...mouse, price: '1' });
  // @ts-expect-error no member has this name
  await products.update(id, { stock: 1 });
  // @ts-expect-error an unconditional change is one without the option, not one with no value
  await products.update(id, {}, { ifMatch: undefined });
  // @ts-expect-error no order has this name
  products.list({ sort: 'colour' });
  // @ts-expect-error how many products a page has is an option, as the loop hides the pages
  products.list({ limit: 5 });
  // @ts-expect-error the entity tag is no member of a product
  (await products.get(id)).etag;

  const { status } = await routes.products.create({ body: mouse });
  expectTypeOf(status).toEqualTypeOf<201>();
  // @ts-expect-error the contract does not declare this status
  expectTypeOf(status === 202);
}

/** An error's name is a literal, so that it can be compared without a typing mistake. */
export function narrowing(error: ProductApiError) {
  expectTypeOf(error.status).toEqualTypeOf<number | undefined>();
  if (error instanceof NotFoundError) {
    expectTypeOf<(typeof error)['name']>().toEqualTypeOf<'NotFoundError'>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
    expectTypeOf(error.problem.request_id).toEqualTypeOf<string>();
  }
}
