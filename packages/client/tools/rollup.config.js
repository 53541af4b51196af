import dts from 'rollup-plugin-dts';

/** Makes one module and one file of types, so that the package needs no other. */
export default [
  { input: 'dist/modules/index.js', output: { file: 'dist/index.js' } },
  { input: 'dist/modules/index.d.ts', output: { file: 'dist/index.d.ts' }, plugins: [dts()] },
];
