// Starts a program with one of its modules replaced, so that what the module is worth can be
// measured without a switch in the program:
//
//   node --import '<this file>?module=<file URL>&by=<file URL>' program.js
//
// The replacement's own imports are resolved as if it stood where the module does, so that it can
// import that module's neighbours, and the module itself in order to change a part of it.
import { register } from 'node:module';

const { searchParams } = new URL(import.meta.url);
register('./resolve-replacement.js', import.meta.url, {
  data: { module: searchParams.get('module'), by: searchParams.get('by') },
});
