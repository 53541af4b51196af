import { type CreateProduct, type Product, searchSorts } from '@product-api/contract';
import { indexProducts } from '@product-api/database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProductRepository } from '../../src/products/product-repository.js';
import { describeDialects } from '../open-catalog.js';
import { toData } from '../prisma-product.js';
import { idOf } from './hand-written-rows.js';
import { isFoundNaively, type NaiveTerm } from './naive-search.js';
import { openSearch } from './open-search.js';

/** As they are written in products, and as a search spells them. */
const vocabulary = [
  ['mouse', 'MOUSE'],
  ['mousepad', 'mousepad'],
  ['Café', 'cafe'],
  ['ÉCLAIR', 'eclair'],
  ['Straße', 'STRASSE'],
  ['ΛΌΓΟΣ', 'λογος'],
  ['ﬁne', 'fine'],
  ['電子', '電子'],
  ['100', '100'],
  ['x', 'x'],
] as const;

const written = fc.constantFrom(...vocabulary.map(([word]) => word));
const separators = fc.constantFrom(' ', '-', '. ', '/', "'", ' 🐭 ', '\u2028');

const texts = fc
  .array(fc.tuple(written, separators), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.flat().join('').trim());

const products: fc.Arbitrary<CreateProduct> = fc.record({
  name: texts,
  description: fc.oneof(fc.constant(''), texts),
  price: fc.integer({ min: 1, max: 9 }),
  stock_quantity: fc.integer({ min: 0, max: 2 }),
});

/** A part of a search, and what it means unless it is the last. */
const parts = fc
  .tuple(
    fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 2 }),
    fc.constantFrom('word', 'word', 'phrase', 'excluded', 'joined', 'beginning'),
  )
  .map(([words, kind]): { text: string; term: NaiveTerm } => {
    const spelled = words.map(([, word]) => word);
    const plain = spelled.map((word) => word.toLowerCase().replaceAll('ς', 'σ'));
    const [first = ''] = spelled;
    const [firstPlain = ''] = plain;
    const term = { words: firstPlain, isPrefix: false, isExcluded: false };
    switch (kind) {
      case 'phrase':
        return { text: `"${spelled.join(' ')}"`, term: { ...term, words: plain.join(' ') } };
      case 'excluded':
        return { text: `-${first}`, term: { ...term, isExcluded: true } };
      case 'joined': {
        const isPrefix = plain.length > 1 && (plain.at(-1) ?? '').length > 1;
        return { text: spelled.join('-'), term: { ...term, words: plain.join(' '), isPrefix } };
      }
      case 'beginning':
        return { text: first.slice(0, 3), term: { ...term, words: firstPlain.slice(0, 3) } };
      default:
        return { text: first, term };
    }
  });

const searches = fc.array(parts, { minLength: 1, maxLength: 4 }).map((all) => {
  const last = all.at(-1);
  const mayBegin =
    last !== undefined && !/^[-"]/.test(last.text) && (last.term.words.at(-2) ?? ' ') !== ' ';
  return {
    text: all.map(({ text }) => text).join(' '),
    terms: all.map(({ term }) =>
      term === last?.term && mayBegin ? { ...term, isPrefix: true } : term,
    ),
  };
});

describeDialects((openCatalog) => {
  test('are those that a scan finds, in every order, through creations, changes and deletions', async () => {
    const { database, repository } = await openCatalog();
    const findAll = openSearch(database);
    const stored = await storeRandomly(repository, () => indexProducts(database));
    const findsThem = fc.asyncProperty(
      searches,
      fc.constantFrom(...searchSorts),
      async ({ text, terms }, sort) => {
        const { items } = await findAll(text, { sort, limit: 7, in_stock: true });
        const expected = stored
          .filter((product) => product.stock_quantity > 0 && isFoundNaively(terms, product))
          .map(({ id }) => id);
        expect(items.map(({ id }) => id).toSorted(), text).toEqual(expected.toSorted());
      },
    );
    await fc.assert(findsThem, { seed: 26, numRuns: 100 });
    await indexProducts(database);
    await fc.assert(findsThem, { seed: 27, numRuns: 100 });
  });

  test('include what SQL by hand has written, once it is indexed, and never what it has deleted', async () => {
    const { database, repository } = await openCatalog();
    const { client } = database;
    const findAll = openSearch(database);
    const namesOf = async (text: string) => (await findAll(text)).items.map(({ name }) => name);
    const data = toData(idOf(1), lamp('Läuft'));
    await client.product.create({ data });
    expect(await namesOf('lauft')).toEqual([]);
    expect(await indexProducts(database)).toBe(1);
    expect(await namesOf('lauft')).toEqual(['Läuft']);

    await client.$executeRaw`UPDATE products SET name = 'Neu' WHERE name = 'Läuft'`;
    expect(await indexProducts(database)).toBe(1);
    expect([await namesOf('lauft'), await namesOf('neu')]).toEqual([[], ['Neu']]);

    const { product } = await repository.insert(idOf(2), lamp('Neu'));
    expect(await indexProducts(database)).toBe(0);
    await client.$executeRaw`DELETE FROM products WHERE name = 'Neu'`;
    expect(await namesOf('neu')).toEqual([]);
    await indexProducts(database);
    await client.product.create({ data: toData(product.id, lamp('Neu')) });
    await indexProducts(database);
    expect(await namesOf('neu')).toEqual(['Neu']);
  });

  test('are sorted by relevance: words of the name first, then shorter names, then newer ones', async () => {
    const { database, repository } = await openCatalog();
    const names = ['Mouse', 'Mouse pad for a mouse', 'Pad', 'Mouse'];
    const ids: string[] = [];
    for (const [index, name] of names.entries()) {
      const id = idOf(index);
      await repository.insert(id, { ...lamp(name), description: 'For a mouse on its pad' });
      ids.push(id);
    }
    const findAll = openSearch(database);
    const ranks = async (text: string) =>
      (await findAll(text, { limit: 1 })).items.map(({ id }) => ids.indexOf(id));
    expect(await ranks('mouse')).toEqual([3, 0, 1, 2]);
    expect(await ranks('mouse pad')).toEqual([1, 3, 2, 0]);
  });

  test('are complete and in order where there are too many to collect them', async () => {
    const { database } = await openCatalog();
    const data = Array.from({ length: 2300 }, (_, index) => ({
      ...toData(idOf(index), lamp(index < 3 ? `Cable ${index} rare` : `Cable ${index}`)),
      createdAt: new Date(index * 1000),
      stockQuantity: index % 2,
    }));
    await database.client.product.createMany({ data });
    await indexProducts(database);
    const findAll = openSearch(database);

    const newest = await findAll('cable', { sort: '-created', limit: 200 });
    expect(newest.items.map(({ id }) => id)).toEqual(data.map(({ id }) => id).toReversed());
    const inStock = await findAll('cable -rare', { sort: 'name', limit: 200, in_stock: true });
    const names = data.filter(({ stockQuantity }) => stockQuantity > 0).map(({ name }) => name);
    expect(inStock.items.map(({ name }) => name)).toEqual(
      names.filter((name) => !name.includes('rare')).toSorted(),
    );
    expect(newest.pages.some(({ isPartial }) => isPartial)).toBe(false);

    const relevant = await findAll('cable', { limit: 200 });
    expect(relevant.pages.every(({ isPartial }) => isPartial)).toBe(true);
    expect(relevant.items.map(({ id }) => id)).toEqual(
      data
        .map(({ id }) => id)
        .toReversed()
        .slice(0, relevant.items.length),
    );
    expect(relevant.items).toHaveLength(1001);
    expect((await findAll('rare', { sort: 'created' })).items).toHaveLength(3);

    // The index still has the product.
    await database.client.$executeRaw`DELETE FROM products WHERE name = 'Cable 2299'`;
    const { items } = await findAll('cable', { sort: '-created', limit: 200 });
    expect(items).toHaveLength(2299);
  });

  test('are all found by the beginning of a word, whatever else begins with its first letters', async () => {
    const { database } = await openCatalog();
    const names = ['Cabriolet', 'Cabinet', 'Cabin', 'Cable'];
    const nameOf = (index: number) => names[[1200, 4300, 5500, 5600].findIndex((n) => index < n)];
    const data = Array.from({ length: 5600 }, (_, index) =>
      toData(idOf(index), lamp(`${nameOf(index)}`)),
    );
    await database.client.product.createMany({ data });
    await indexProducts(database);
    const findAll = openSearch(database);
    for (const q of ['cab', 'cabr', 'cabin', 'cabl']) {
      const expected = data.filter(({ name }) => name.toLowerCase().startsWith(q));
      const { items } = await findAll(q, { sort: 'name', limit: 200 });
      expect([q, items.length]).toEqual([q, expected.length]);
      const { pages, items: relevant } = await findAll(q, { limit: 200 });
      const isPartial = expected.length > 1000;
      expect([q, pages[0]?.isPartial, relevant.length]).toEqual([
        q,
        isPartial,
        isPartial ? 1001 : expected.length,
      ]);
    }
  });

  test('may fill no page where the matches are far from its start', async () => {
    const { database } = await openCatalog();
    const data = Array.from({ length: 3000 }, (_, index) =>
      toData(idOf(index), lamp(index < 1500 ? 'Aa' : 'Zz far')),
    );
    await database.client.product.createMany({ data });
    await indexProducts(database);
    const { pages, items } = await openSearch(database)('far', { sort: 'name', limit: 200 });
    expect(pages[0]).toMatchObject({ items: [], next: { sort: 'name' } });
    expect(items).toHaveLength(1500);
  });

  test('on a page have at most about 1 MiB', async () => {
    const { database } = await openCatalog();
    // Each of these characters takes six bytes as JSON.
    const long = { ...lamp('Long'), description: '\u0001'.repeat(10_000) };
    const data = Array.from({ length: 40 }, (_, index) => toData(idOf(index), long));
    await database.client.product.createMany({ data });
    await indexProducts(database);
    for (const sort of ['relevance', 'name'] as const) {
      const { items, pages } = await openSearch(database)('long', { sort, limit: 200 });
      expect(items).toHaveLength(40);
      expect(pages).toHaveLength(3);
    }
  });
});

const lamp = (name: string): CreateProduct => ({
  name,
  description: '',
  price: 1,
  stock_quantity: 0,
});

/**
 * Creates 120 products, calls `onCreated`, then changes and deletes some, and returns those that
 * are left.
 */
async function storeRandomly(
  repository: ProductRepository,
  onCreated: () => Promise<unknown>,
): Promise<Product[]> {
  const [created = [], changed = []] = [1, 2].map((seed) =>
    fc.sample(products, { seed, numRuns: 120 }),
  );
  const inserts = await Promise.all(
    created.map((product, index) => repository.insert(idOf(index), product)),
  );
  await onCreated();
  const stored = await Promise.all(
    inserts.map(async ({ product }, index) => {
      const { id } = product;
      const { name, description } = changed[index] ?? product;
      const changes = [{ name }, { description }, { name, description }, { price: 5 }][index % 6];
      if (index % 6 === 5) {
        await repository.delete({ id });
        return [];
      }
      const updated = changes && (await repository.update({ id }, changes));
      return [updated?.product ?? product];
    }),
  );
  return stored.flat();
}
