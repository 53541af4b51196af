import { PrismaLibSql } from '@prisma/adapter-libsql';

/**
 * Creates a libSQL adapter whose shadow database runs whole migrations: the engine passes a
 * migration to `executeRaw`, and the original adapter runs only its first statement.
 *
 * @param {string} url
 */
export function libsqlEngineAdapter(url) {
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
