import { migrate, openDatabase } from '@product-api/database';

/**
 * Makes a catalog of one product and closes it, so that the file alone holds everything.
 * @param sql a statement that is run in it last; default: none
 */
export async function makeCatalog(file: string, sql = 'SELECT 1'): Promise<void> {
  const url = `file:${file}`;
  await migrate({ url });
  const { client, close } = await openDatabase({ url });
  await client.$executeRaw`
    INSERT INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
    VALUES ('00000000-0000-4000-8000-000000000001', 'Lamp', '', 1, 0, 0, 0)`;
  await client.$executeRawUnsafe(sql);
  await close();
}
