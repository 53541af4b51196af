/** An event of a stream whose data is JSON. */
export interface StreamEvent {
  /** Undefined if the event has none. */
  readonly id: string | undefined;
  /** Undefined for an event that only moves the cursor. */
  readonly data: string | undefined;
}

/**
 * Returns a function that takes the next part of an event stream, and returns the events that it
 * completes. An event that is not complete when the stream breaks does not count.
 */
export function eventParser(): (text: string) => StreamEvent[] {
  let rest = '';
  return (text) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.map((block) => ({ id: field(block, 'id'), data: field(block, 'data') }));
  };
}

function field(block: string, name: string): string | undefined {
  const prefix = `${name}: `;
  const line = block.split('\n').find((each) => each.startsWith(prefix));
  return line?.slice(prefix.length);
}
