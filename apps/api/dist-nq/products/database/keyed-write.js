export {};
//# sourceMappingURL=keyed-write.js.map