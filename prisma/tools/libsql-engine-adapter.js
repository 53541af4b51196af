import { PrismaLibSql } from '@prisma/adapter-libsql';

/**
 * Creates a libSQL adapter whose shadow database runs whole migrations: the engine passes a
 * migration to `executeRaw`, and the original adapter runs only its first statement. The name of a
 * partial index is quoted as text: the engine quotes it as a column, which libSQL refuses.
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
    const queryRaw = shadow.queryRaw.bind(shadow);
    shadow.queryRaw = (query) =>
      queryRaw({ ...query, sql: query.sql.replace(/ name = "(\w+)";$/, " name = '$1';") });
    return shadow;
  };
  return factory;
}
