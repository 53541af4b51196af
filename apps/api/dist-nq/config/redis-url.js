import { parseRedisUrl, parseSentinels, RedisAddressError } from '@product-api/cache';
import { z } from 'zod';
/** Parses the URL of a Redis server. Messages never show the URL, which may hold a password. */
export const redisUrl = address(parseRedisUrl);
/** Parses the addresses of sentinels. Messages do not show them either. */
export const sentinelList = address(parseSentinels);
function address(parse) {
    return z.string().transform((text, context) => {
        try {
            return parse(text);
        }
        catch (error) {
            if (!(error instanceof RedisAddressError)) {
                throw error;
            }
            context.addIssue({ code: 'custom', message: error.message });
            return z.NEVER;
        }
    });
}
//# sourceMappingURL=redis-url.js.map