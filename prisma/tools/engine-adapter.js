import { PrismaLibSql } from '@prisma/adapter-libsql';

/**
 * The libSQL adapter with a shadow database that runs whole migrations: the engine hands such a file
 * to `executeRaw`, of which the adapter runs the first statement only.
 *
 * @param {string} url
 */
export function engineAdapter(url) {
  const factory = new PrismaLibSql({ url });
  const connectToShadowDb = factory.connectToShadowDb.bind(factory);
  factory.connectToShadowDb = async () => {
    const shadow = await connectToShadowDb();
    const executeRaw = shadow.executeRaw.bind(shadow);
    shadow.executeRaw = async (query) => {
      if (query.args.length > 0) {
        return executeRaw(query);
      }
      await shadow.executeScript(query.sql);
      return 0;
    };
    return shadow;
  };
  return factory;
}
