import type {
  CreateProduct,
  ListProductsQuery,
  Product,
  UpdateProduct,
} from '@product-api/contract';
import { type Database, Prisma } from '@product-api/database';
import { fromPriceUnits, toPriceUnits } from './price-units.js';
import type { ProductCursor } from './product-cursor.js';
import { type ProductRow, pageQuery } from './product-page-query.js';

/** A product with the version of its row, which rises with every change. */
export interface StoredProduct {
  readonly product: Product;
  readonly version: number;
}

/** A page of products; `next` is where the following page starts, if there is one. */
export interface StoredPage {
  readonly items: Product[];
  readonly next: ProductCursor | undefined;
}

/** Which row is meant: whatever its version, or in one version alone. */
export interface RowSelector {
  readonly id: string;
  readonly version?: number;
}

type Row = Prisma.ProductModel;
type Client = Database['client'];

/** Where products are kept. Every method is one statement, and so atomic by itself. */
export class ProductRepository {
  readonly #client: Client;
  readonly #clock: () => Date;

  /** @param clock tells the time that rows are stamped with. */
  constructor(client: Client, clock: () => Date) {
    this.#client = client;
    this.#clock = clock;
  }

  /** Reads a product; undefined where there is no such row. */
  async find(selector: RowSelector): Promise<StoredProduct | undefined> {
    const row = await this.#client.product.findUnique({ where: selector });
    return row ? toStored(row) : undefined;
  }

  /** Stores a product under a new id. */
  async insert(id: string, product: CreateProduct): Promise<StoredProduct> {
    const now = this.#clock();
    const row = await this.#client.product.create({
      data: {
        id,
        name: product.name,
        description: product.description,
        priceUnits: toPriceUnits(product.price),
        stockQuantity: BigInt(product.stock_quantity),
        createdAt: now,
        updatedAt: now,
      },
    });
    return toStored(row);
  }

  /** Changes a row and answers what it is now; undefined where there is no such row. */
  async update(selector: RowSelector, changes: UpdateProduct): Promise<StoredProduct | undefined> {
    const { name, description, price, stock_quantity } = changes;
    const rows = await this.#client.product.updateManyAndReturn({
      where: selector,
      data: {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(price !== undefined && { priceUnits: toPriceUnits(price) }),
        ...(stock_quantity !== undefined && { stockQuantity: BigInt(stock_quantity) }),
        version: { increment: 1 },
        updatedAt: this.#clock(),
      },
    });
    return rows[0] && toStored(rows[0]);
  }

  /** Removes a row and answers what it was; undefined where there is no such row. */
  async delete(selector: RowSelector): Promise<StoredProduct | undefined> {
    try {
      return toStored(await this.#client.product.delete({ where: selector }));
    } catch (error) {
      if (isNoSuchRow(error)) return undefined;
      throw error;
    }
  }

  /** Reads a page of the list, from its start or from a cursor on. */
  async list(query: ListProductsQuery, after: ProductCursor | undefined): Promise<StoredPage> {
    const rows = await this.#client.$queryRaw<ProductRow[]>(pageQuery(query, after));
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      items: page.map(fromRow),
      next: last && { sort: query.sort, value: cursorValue(last.sort_value), id: last.id },
    };
  }
}

/** A cursor is JSON, which has neither bigint nor dates; the database keeps times in milliseconds too. */
function cursorValue(value: ProductRow['sort_value']): string | number {
  return typeof value === 'string' ? value : Number(value);
}

function toStored(row: Row): StoredProduct {
  const { id, name, description, priceUnits, stockQuantity, version } = row;
  return {
    product: {
      id,
      name,
      description,
      price: fromPriceUnits(priceUnits),
      stock_quantity: Number(stockQuantity),
    },
    version: Number(version),
  };
}

function fromRow(row: ProductRow): Product {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    price: fromPriceUnits(row.price_units),
    stock_quantity: Number(row.stock_quantity),
  };
}

function isNoSuchRow(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025';
}
