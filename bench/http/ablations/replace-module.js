// Starts a program with one of its modules replaced, so that the worth of the module can be
// measured without a switch in the program:
//
//   node --import '<this file>?module=<file URL>&by=<file URL>' program.js
//
// Imports in the replacement resolve as if it were in the place of the module. It can import the
// neighbours of the module, and the module itself in order to change a part of it.
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const { searchParams } = new URL(import.meta.url);
const [module, by] = [searchParams.get('module'), searchParams.get('by')];

// Node.js loads this file once more, in the thread that resolves imports.
if (isMainThread) {
  register(import.meta.url);
}

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  if (context.parentURL === by) {
    return nextResolve(specifier, { ...context, parentURL: module });
  }
  const resolved = await nextResolve(specifier, context);
  return resolved.url === module ? { ...resolved, url: by, format: 'module' } : resolved;
}
