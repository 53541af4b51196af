import { absoluteDatabaseUrl, DatabaseUrlError } from '@product-api/database';
import { z } from 'zod';
/**
 * Parses the URL of a supported database, and makes the path of a file absolute, so that every
 * message names the file in full. The message of a fault never shows the URL, which may hold a
 * password.
 */
export const databaseUrl = z.string().transform((url, context) => {
    try {
        return absoluteDatabaseUrl(url);
    }
    catch (error) {
        if (error instanceof DatabaseUrlError) {
            const message = 'should be file: and the path of a SQLite file, such as file:./data/catalog.db, or ' +
                'postgres://user:password@host/database, with each of / ? # @ % percent-encoded in user ' +
                'and password';
            context.addIssue({ code: z.ZodIssueCode.custom, message });
            return z.NEVER;
        }
        throw error;
    }
});
//# sourceMappingURL=database-url.js.map