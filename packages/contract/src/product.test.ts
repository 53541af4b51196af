import { describe, expect, test } from 'vitest';
import { createProductSchema, isProductId, toProductId, updateProductSchema } from './product.js';

const valid = { name: 'Mouse', description: '', price: 29.99, stock_quantity: 1 };

/** Returns the faults of a create body, as `field: message`. */
function faults(changes: Record<string, unknown>): string[] {
  const { error } = createProductSchema.safeParse({ ...valid, ...changes });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('price', () => {
  test.each([0.0001, 1.005, 29.99, 1e10, 99_999_999_999.9999])('%d is accepted', (price) => {
    expect(faults({ price })).toEqual([]);
  });

  test.each([
    [0, 'price: Value error, Price must be greater than zero'],
    [-0, 'price: Value error, Price must be greater than zero'],
    [0.00001, 'price: Decimal input should have no more than 4 decimal places'],
    [29.99001, 'price: Decimal input should have no more than 4 decimal places'],
    [1e11, 'price: Input should be less than 100000000000'],
    [Number.POSITIVE_INFINITY, 'price: Input should be a finite number'],
    ['29.99', 'price: Input should be a valid number'],
  ])('%s is refused', (price, fault) => {
    expect(faults({ price })).toEqual([fault]);
  });
});

describe('name', () => {
  test('is trimmed', () => {
    expect(createProductSchema.parse({ ...valid, name: '  Mouse ' }).name).toBe('Mouse');
  });

  test('is limited to 200 characters, after trimming', () => {
    expect(faults({ name: ` ${'🐭'.repeat(200)} ` })).toEqual([]);
    expect(faults({ name: '🐭'.repeat(201) })).toEqual([
      'name: String should have at most 200 characters',
    ]);
  });

  test('that has only white space is empty', () => {
    expect(faults({ name: ' \t\n' })).toEqual([
      'name: Value error, Product name must not be empty',
    ]);
  });

  test.each(['\ud800', 'a\0b'])('%j cannot be stored', (name) => {
    expect(faults({ name })).toEqual([
      'name: Input should be well-formed Unicode text without NUL',
    ]);
  });
});

test('every fault is reported at once', () => {
  expect(faults({ name: '', price: -5, stock_quantity: -1, description: undefined })).toEqual([
    'name: Value error, Product name must not be empty',
    'description: Field required',
    'price: Value error, Price must be greater than zero',
    'stock_quantity: Value error, Stock quantity must not be negative',
  ]);
});

test('fields that are not in the contract are dropped', () => {
  const body = { ...valid, id: 'mine', extra: 1 };
  expect(createProductSchema.parse(body)).toEqual(valid);
});

test('an update may have no fields, but no field may be null', () => {
  expect(updateProductSchema.safeParse({}).success).toBe(true);
  expect(updateProductSchema.safeParse({ price: null }).success).toBe(false);
});

test('an id is a UUID v4 in lower case', () => {
  expect(isProductId('3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b')).toBe(true);
  expect(isProductId('3F2B8C1E-7D54-4F0A-9B6E-1C2D3E4F5A6B')).toBe(false);
  expect(isProductId('3f2b8c1e-7d54-1f0a-9b6e-1c2d3e4f5a6b')).toBe(false);
});

test('an id in upper case is converted to lower case', () => {
  const id = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';
  expect(toProductId(id)).toBe(id);
  expect(toProductId(id.toUpperCase())).toBe(id);
  expect(toProductId('3F2b8c1e-7d54-4f0A-9b6e-1c2d3e4f5a6B')).toBe(id);
  expect(toProductId('3F2B8C1E-7D54-1F0A-9B6E-1C2D3E4F5A6B')).toBeUndefined();
  expect(toProductId(`{${id}}`)).toBeUndefined();
});
