import { productSchema } from '@product-api/contract';
/**
 * Encodes a product as the JSON that clients get. Decodes a text only if it is a product with the
 * id that it is stored under.
 */
export const productCodec = {
    encode: (product) => JSON.stringify(product),
    decode(text, id) {
        const parsed = productSchema.safeParse(parseJson(text));
        return parsed.success && parsed.data.id === id ? parsed.data : undefined;
    },
};
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=product-codec.js.map