import { randomUUID } from 'node:crypto';

/** Returns the smallest valid product, with the given fields replaced. */
export function newProduct<T extends object>(replaced?: T) {
  return {
    id: randomUUID(),
    name: 'Lamp',
    description: '',
    priceUnits: 1n,
    stockQuantity: 0n,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...replaced,
  };
}
