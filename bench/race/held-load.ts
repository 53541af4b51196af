import type { Row } from './source.js';

/** A load whose first call reads its row at once and then hands it over only when released. */
export interface HeldLoad {
  readonly load: () => Promise<Row>;
  /** Settles when the first call has read its row. */
  readonly hasRead: Promise<void>;
  release(): void;
}

/** Makes a slow reader out of a fast load. */
export function holdFirst(load: () => Promise<Row>): HeldLoad {
  const read = gate();
  const handOver = gate();
  let isFirst = true;
  return {
    async load() {
      const mustWait = isFirst;
      isFirst = false;
      const row = await load();
      if (mustWait) {
        read.open();
        await handOver.passed;
      }
      return row;
    },
    hasRead: read.passed,
    release: handOver.open,
  };
}

function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
