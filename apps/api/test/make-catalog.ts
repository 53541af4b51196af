import { migrate, openDatabase } from '@product-api/database';

/** The id of the product in a catalog that `makeCatalog` creates. */
export const LAMP_ID = '00000000-0000-4000-8000-000000000001';

/**
 * Creates a catalog with one product and closes it, so that the database file contains everything.
 *
 * @param sql a statement that runs in it at the end; default: none
 */
export async function makeCatalog(file: string, sql = 'SELECT 1'): Promise<void> {
  const url = `file:${file}`;
  await migrate({ url });
  const { client, close } = await openDatabase({ url });
  await client.$executeRaw`
    INSERT INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
    VALUES (${LAMP_ID}, 'Lamp', '', 1, 0, 0, 0)`;
  await client.$executeRawUnsafe(sql);
  await close();
}

/** Opens a catalog or a backup as a service does, and returns whether it contains a product. */
export async function hasProduct(file: string, id: string): Promise<boolean> {
  const url = `file:${file}`;
  await migrate({ url });
  const { client, close } = await openDatabase({ url });
  const row = await client.product.findUnique({ where: { id } });
  await close();
  return row !== null;
}
