import { byThroughput, type Experiment, type OpenStreams, subject } from './experiment.js';
import { HOT_PRODUCTS, productId } from './product.js';
import { productApi } from './servers.js';
import { oldChanges, updatesOf } from './workloads.js';

/** Streams of a busy process: its default limit. */
const STREAMS = 1000;

/** Writes per second at which the delays of events are measured, of one writer. */
const RATE = 50;

/** The least writes per second with streams, as a share of those without. */
const GOAL = 0.9;

/**
 * Returns the experiments of the feed of changes: one writer with so many streams open that get all
 * of its changes, and a follower that reads old changes.
 */
export function changeExperiments(): Experiment[] {
  // Few products: the generator of a constant rate takes them as an argument.
  const updates = updatesOf(100);
  const without = subject('Updates without streams', productApi(), updates, 1);
  const withStreams = (title: string, streams: OpenStreams) => ({
    ...subject(title, productApi(), updates, 1),
    streams,
  });
  const count = STREAMS;
  const all = withStreams('Updates with 1,000 streams of all changes', { count });
  const other = withStreams('Updates with 1,000 streams of another product', {
    count,
    query: `product_id=${productId(HOT_PRODUCTS)}`,
  });
  const one = withStreams('Updates with 1 stream', { count: 1 });
  const old = subject('Pages of 200 old changes', productApi(), oldChanges, 1);
  return [
    {
      name: 'changes',
      subjects: [all, other, one, without],
      comparisons: [all, other, one].map(({ title }) =>
        byThroughput(`${title} ÷ without`, title, without.title, GOAL),
      ),
      rates: [RATE],
    },
    { name: 'changes', subjects: [old], comparisons: [] },
  ];
}
