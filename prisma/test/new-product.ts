import { randomUUID } from 'node:crypto';

/** The least that a product needs, with any member replaced. */
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
