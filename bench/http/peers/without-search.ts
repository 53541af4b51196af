import type { Database } from '@product-api/database';

/** The view's triggers without the words, and no other trigger of the search. */
const statements = [
  'DROP TRIGGER products_search_create',
  'DROP TRIGGER products_search_replace',
  'DROP TRIGGER products_search_update',
  'DROP TRIGGER searchable_products_create',
  'DROP TRIGGER searchable_products_update',
  `CREATE TRIGGER searchable_products_create INSTEAD OF INSERT ON searchable_products BEGIN
    INSERT INTO products (
      id, name, description, price_units, stock_quantity, version, created_at, updated_at
    ) VALUES (
      NEW.id, NEW.name, NEW.description, NEW.price_units, NEW.stock_quantity, NEW.version,
      NEW.created_at, NEW.updated_at
    );
  END`,
  `CREATE TRIGGER searchable_products_update INSTEAD OF UPDATE ON searchable_products BEGIN
    UPDATE products SET
      name = NEW.name, description = NEW.description, price_units = NEW.price_units,
      stock_quantity = NEW.stock_quantity, version = NEW.version, updated_at = NEW.updated_at
    WHERE id = NEW.id;
  END`,
];

/** Takes the search out of the writes to a SQLite database, unless an earlier round has. */
export async function removeSearch({ client }: Database): Promise<void> {
  const triggers = await client.$queryRaw<unknown[]>`
    SELECT name FROM sqlite_schema WHERE name = 'products_search_create'`;
  for (const statement of triggers.length === 0 ? [] : statements) {
    await client.$executeRawUnsafe(statement);
  }
}
