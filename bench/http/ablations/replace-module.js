// Starts a program with one of its modules replaced, so that the worth of the module can be measured
// without a switch in the program:
//
//   node --import '<this file>?module=<file URL>&by=<file URL>' program.js
//
// Imports in the replacement resolve as if it were in the place of the module. It can import the
// neighbours of the module, and the module itself in order to change a part of it.
import { register } from 'node:module';

const { searchParams } = new URL(import.meta.url);
register('./resolve-replacement.js', import.meta.url, {
  data: { module: searchParams.get('module'), by: searchParams.get('by') },
});
