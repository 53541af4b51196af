export {};
//# sourceMappingURL=product-writes.js.map