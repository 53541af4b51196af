import { z } from 'zod';
import { priceSchema } from './price.js';
import { documented } from './schema-metadata.js';
import { bounded, text } from './text.js';

const productId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text has the shape of an id that the server makes: a UUID v4 in lower case (RFC 9562). */
export function isProductId(text: string): boolean {
  return productId.test(text);
}

/**
 * Returns the id that a text names, in lower case: capitals name the same UUID (RFC 9562 §4).
 * Undefined where the text is not the id of any product.
 */
export function toProductId(text: string): string | undefined {
  if (productId.test(text)) {
    return text;
  }
  const lowerCase = text.toLowerCase();
  return productId.test(lowerCase) ? lowerCase : undefined;
}

const id = documented(z.string().regex(productId), {
  description: 'UUID version 4 in lower case, made by the server.',
  format: 'uuid',
  example: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b',
});

const name = documented(
  bounded(text().trim(), 200).refine(
    (value) => value !== '',
    'Value error, Product name must not be empty',
  ),
  {
    description: 'Trimmed of white space at both ends; not blank.',
    minLength: 1,
    maxLength: 200,
    example: 'Wireless Mouse',
  },
);

const description = documented(bounded(text(), 10_000), {
  description: 'May be empty.',
  maxLength: 10_000,
  example: 'Ergonomic wireless mouse',
});

const stockQuantity = documented(
  z
    .number({
      required_error: 'Field required',
      invalid_type_error: 'Input should be a valid integer',
    })
    .int('Input should be a valid integer')
    .max(
      Number.MAX_SAFE_INTEGER,
      `Input should be less than or equal to ${Number.MAX_SAFE_INTEGER}`,
    )
    .refine(
      (quantity) => quantity >= 0 && !Object.is(quantity, -0),
      'Value error, Stock quantity must not be negative',
    ),
  { description: 'Units in stock.', minimum: 0, example: 100 },
);

const bodyErrors = {
  required_error: 'Field required',
  invalid_type_error: 'Input should be a valid JSON object',
};

/** A product as every answer carries it: these members, in this order. */
export const productSchema = documented(
  z.object({ id, name, description, price: priceSchema, stock_quantity: stockQuantity }),
  { title: 'Product' },
);

/** The body of a create request. Members it does not name, an `id` among them, are ignored. */
export const createProductSchema = documented(
  z.object({ name, description, price: priceSchema, stock_quantity: stockQuantity }, bodyErrors),
  { title: 'CreateProduct' },
);

/** The body of an update request: the members that change. An empty object changes nothing. */
export const updateProductSchema = documented(
  z.object(createProductSchema.shape, bodyErrors).partial(),
  { title: 'UpdateProduct', example: { price: 24.99, stock_quantity: 85 } },
);

/** A product of the catalog. */
export type Product = z.output<typeof productSchema>;

/** What a product is created from. */
export type CreateProduct = z.output<typeof createProductSchema>;

/** The members of a product that change; those left out stay as they are. */
export type UpdateProduct = z.output<typeof updateProductSchema>;
