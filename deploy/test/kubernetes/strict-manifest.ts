/** A class of kubernetes-models, whose instances validate themselves. */
export type ManifestClass<Manifest> = new () => Manifest & { validate(): void };

/**
 * Validates a manifest and returns it with its type.
 *
 * The validators of kubernetes-models accept unknown fields, which a cluster may ignore. A
 * validator reads every field that it knows, so a field that it has not read is unknown.
 *
 * @throws {Error} when a field is missing, invalid or unknown; the message has its path
 */
export function strictManifest<Manifest>(
  manifestClass: ManifestClass<Manifest>,
  document: object,
): Manifest {
  const read = new Set<string>();
  manifestClass.prototype.validate.call(recordReads(document, '', read));
  const unknown = pathsIn(document, '').filter((path) => !read.has(path));
  if (unknown.length > 0) {
    throw new Error(`unknown fields: ${unknown.join(', ')}`);
  }
  return Object.assign(new manifestClass(), document);
}

/** Returns a copy that adds the path of each field to `read` when the field is read. */
function recordReads(value: unknown, path: string, read: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const copy: object = Array.isArray(value) ? [] : {};
  for (const [name, field] of Object.entries(value)) {
    Object.assign(copy, { [name]: recordReads(field, `${path}/${name}`, read) });
  }
  return new Proxy(copy, {
    get(target, name, receiver) {
      read.add(`${path}/${String(name)}`);
      return Reflect.get(target, name, receiver);
    },
  });
}

/** Returns the paths of all fields, at any depth. */
function pathsIn(value: unknown, path: string): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, field]) => [
        `${path}/${name}`,
        ...pathsIn(field, `${path}/${name}`),
      ])
    : [];
}
