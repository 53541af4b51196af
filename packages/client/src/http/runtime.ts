/** What the SDK looks for in its environment; the types of each environment know only some. */
interface Runtime {
  /** The address of the page, in a browser. */
  readonly location?: { readonly href?: string };
  /** Node, Bun and Deno state their versions here. */
  readonly process?: { readonly versions?: { readonly node?: string } };
}

/** Returns the address of the page that the SDK runs in; undefined outside of a browser. */
export function pageAddress({ location }: Runtime = globalThis): string | undefined {
  return location?.href;
}

/** Returns the version of Node, or the one that Bun and Deno name; undefined in a browser. */
export function nodeVersion({ process }: Runtime = globalThis): string | undefined {
  // Bundlers give browsers a `process` without versions.
  return process?.versions?.node;
}
