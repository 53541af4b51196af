export {};
//# sourceMappingURL=stock-statements.js.map