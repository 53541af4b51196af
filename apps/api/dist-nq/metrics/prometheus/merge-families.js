const mergeOf = {
    sum: (one, other) => one + other,
    max: Math.max,
    min: Math.min,
};
/** Merges the families of several processes. Each family declares how its values are merged. */
export function mergeFamilies(sets) {
    const merged = new Map();
    for (const families of sets) {
        for (const family of families) {
            const known = merged.get(family.name);
            merged.set(family.name, known ? mergeTwo(known, family) : family);
        }
    }
    return [...merged.values()];
}
function mergeTwo(one, other) {
    const merge = mergeOf[one.merge];
    const samples = new Map(one.samples);
    for (const [name, value] of other.samples) {
        const known = samples.get(name);
        samples.set(name, known === undefined ? value : merge(known, value));
    }
    return { ...one, samples };
}
//# sourceMappingURL=merge-families.js.map