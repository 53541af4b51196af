import type { Row } from './source.js';

/** A load whose first call reads its row at once, but returns it only after `release`. */
export interface HeldLoad {
  readonly load: () => Promise<Row>;
  /** Resolves when the first call has read its row. */
  readonly hasRead: Promise<void>;
  release(): void;
}

/** Makes the first call of a load slow. */
export function holdFirst(load: () => Promise<Row>): HeldLoad {
  const read = gate();
  const release = gate();
  let isFirst = true;
  return {
    async load() {
      const isHeld = isFirst;
      isFirst = false;
      const row = await load();
      if (isHeld) {
        read.open();
        await release.passed;
      }
      return row;
    },
    hasRead: read.passed,
    release: release.open,
  };
}

function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
