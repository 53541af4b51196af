/** Maximum bytes of JSON for the products of a page that has more than one. */
const PAGE_BYTES = 1024 * 1024;
/** Collects the products of a page until it has enough of them, or about 1 MiB. */
export class PageBuilder {
    items = [];
    #limit;
    #size = 0;
    /** @param limit the maximum number of products */
    constructor(limit) {
        this.#limit = limit;
    }
    /** The size of the products as JSON, in bytes. */
    get size() {
        return this.#size;
    }
    /** Adds a product if there is room for it, and returns whether there was. */
    add(product) {
        const size = Buffer.byteLength(JSON.stringify(product));
        const isFull = this.items.length >= this.#limit || (this.items.length > 0 && this.#size + size > PAGE_BYTES);
        if (!isFull) {
            this.items.push(product);
            this.#size += size;
        }
        return !isFull;
    }
}
//# sourceMappingURL=page-builder.js.map