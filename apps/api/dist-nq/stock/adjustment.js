export {};
//# sourceMappingURL=adjustment.js.map