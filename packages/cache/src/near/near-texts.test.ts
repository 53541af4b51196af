import { beforeEach, describe, expect, it } from 'vitest';
import { NearTexts } from './near-texts.js';

let time: number;
let texts: NearTexts;

beforeEach(() => {
  time = 1000;
  texts = new NearTexts({ maxBytes: 1000, maxAgeMs: 100, now: () => time });
});

describe('a text that was read', () => {
  it('is there until it is dropped', () => {
    texts.beginRead('k')('one');
    expect(texts.get('k')).toBe('one');
    texts.drop('k');
    expect(texts.get('k')).toBeUndefined();
  });

  it('ages from when its read began', () => {
    const end = texts.beginRead('k');
    time += 60;
    end('one');
    time += 40;
    expect(texts.get('k')).toBe('one');
    time += 1;
    expect(texts.get('k')).toBeUndefined();
  });

  it('is not kept when it took longer to come than it may live', () => {
    const end = texts.beginRead('k');
    time += 101;
    end('one');
    expect(texts.get('k')).toBeUndefined();
  });

  it.each([
    ['its key was dropped', () => texts.drop('k')],
    ['all was cleared', () => texts.clear()],
  ])('is not kept when %s meanwhile', (_what, drop) => {
    const end = texts.beginRead('k');
    drop();
    end('outdated');
    expect(texts.get('k')).toBeUndefined();
  });

  it('is kept when it was read after the drop, although an older read ends later', () => {
    const older = texts.beginRead('k');
    texts.drop('k');
    const newer = texts.beginRead('k');
    newer('new');
    older('outdated');
    expect(texts.get('k')).toBe('new');
  });

  it('goes when others need its room', () => {
    texts.beginRead('a')('x'.repeat(400));
    texts.beginRead('b')('x'.repeat(400));
    texts.get('a');
    texts.beginRead('c')('x'.repeat(400));
    expect(texts.get('a')).toHaveLength(400);
    expect(texts.get('b')).toBeUndefined();
    expect(texts.get('c')).toHaveLength(400);
  });
});

it('a read that found nothing keeps nothing', () => {
  texts.beginRead('k')(undefined);
  expect(texts.get('k')).toBeUndefined();
});
