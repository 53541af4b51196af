// The hooks of replace-module.js. Node.js runs them in a separate thread.

const replacement = { module: '', by: '' };

/** @param {{ module: string, by: string }} data the URLs of the module and of its replacement */
export function initialize(data) {
  Object.assign(replacement, data);
}

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  const { module, by } = replacement;
  if (context.parentURL === by) {
    return nextResolve(specifier, { ...context, parentURL: module });
  }
  const resolved = await nextResolve(specifier, context);
  return resolved.url === module ? { ...resolved, url: by, format: 'module' } : resolved;
}
