export {};
//# sourceMappingURL=product-statements.js.map