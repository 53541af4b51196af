-- Text search. An entry has the words of a product, as src/search/words.ts finds them, and the
-- full-text index has the words of each entry under the entry's number.
--
-- The triggers of "products" only mark an entry, so that SQL by hand needs no FTS5: the index is of
-- a kind that came with SQLite 3.43, and Debian 12 has 3.40. The service writes a product and its
-- words together, through a view. Marked entries are indexed by src/search/index-products.ts.

-- CreateTable
CREATE TABLE "product_search_entries" (
    -- AUTOINCREMENT: the number of a removed entry may still be in the index.
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- NULL once the product is deleted.
    "product_id" TEXT,
    -- False while the words may be those of an earlier name or description.
    "is_current" BOOLEAN NOT NULL DEFAULT false,
    "name_words" TEXT,
    "description_words" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "product_search_entries_product_id_key"
ON "product_search_entries"("product_id");

-- CreateIndex: the entries to be indexed.
CREATE INDEX "product_search_entries_marked_idx"
ON "product_search_entries"("number") WHERE NOT "is_current";

-- The tokenizer splits at spaces and keeps every other character of words that have only letters and
-- digits. The table stores no text; rows can be deleted by their number alone.
CREATE VIRTUAL TABLE "product_search" USING fts5(
    "name", "description",
    content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);

-- Every product is to be indexed, in the order of creation.
INSERT INTO "product_search_entries" ("product_id")
SELECT "id" FROM "products" ORDER BY "created_at", "id";

-- CreateTrigger
CREATE TRIGGER "products_search_create"
AFTER INSERT ON "products"
BEGIN
    INSERT INTO "product_search_entries" ("product_id") VALUES (NEW."id")
    ON CONFLICT ("product_id") DO UPDATE SET "is_current" = false;
END;

-- CreateTrigger
CREATE TRIGGER "products_search_update"
AFTER UPDATE OF "name", "description" ON "products"
WHEN NEW."name" <> OLD."name" OR NEW."description" <> OLD."description"
BEGIN
    UPDATE "product_search_entries" SET "is_current" = false WHERE "product_id" = NEW."id";
END;

-- CreateTrigger
CREATE TRIGGER "products_search_delete"
AFTER DELETE ON "products"
BEGIN
    UPDATE "product_search_entries" SET "product_id" = NULL, "is_current" = false
    WHERE "product_id" = OLD."id";
END;

-- CreateView: a product with its words, for the writes of the service.
CREATE VIEW "searchable_products" AS
SELECT
    "products".*,
    "product_search_entries"."is_current",
    "product_search_entries"."name_words",
    "product_search_entries"."description_words"
FROM "products" LEFT JOIN "product_search_entries"
ON "product_search_entries"."product_id" = "products"."id";

-- CreateTrigger
CREATE TRIGGER "searchable_products_create"
INSTEAD OF INSERT ON "searchable_products"
BEGIN
    INSERT INTO "products" (
        "id", "name", "description", "price_units", "stock_quantity", "version", "created_at",
        "updated_at"
    )
    VALUES (
        NEW."id", NEW."name", NEW."description", NEW."price_units", NEW."stock_quantity",
        NEW."version", NEW."created_at", NEW."updated_at"
    );
    UPDATE "product_search_entries"
    SET
        "is_current" = true,
        "name_words" = NEW."name_words",
        "description_words" = NEW."description_words"
    WHERE "product_id" = NEW."id";
    INSERT OR REPLACE INTO "product_search" ("rowid", "name", "description")
    SELECT "number", "name_words", "description_words"
    FROM "product_search_entries" WHERE "product_id" = NEW."id";
END;

-- CreateTrigger: words that stay the same are not indexed again.
CREATE TRIGGER "searchable_products_update"
INSTEAD OF UPDATE ON "searchable_products"
BEGIN
    UPDATE "products"
    SET
        "name" = NEW."name",
        "description" = NEW."description",
        "price_units" = NEW."price_units",
        "stock_quantity" = NEW."stock_quantity",
        "version" = NEW."version",
        "updated_at" = NEW."updated_at"
    WHERE "id" = NEW."id";
    UPDATE "product_search_entries"
    SET
        "is_current" = NEW."is_current",
        "name_words" = NEW."name_words",
        "description_words" = NEW."description_words"
    WHERE "product_id" = NEW."id" AND (
        "is_current" <> NEW."is_current"
        OR "name_words" IS NOT NEW."name_words"
        OR "description_words" IS NOT NEW."description_words"
    );
    INSERT OR REPLACE INTO "product_search" ("rowid", "name", "description")
    SELECT "number", "name_words", "description_words" FROM "product_search_entries"
    WHERE "product_id" = NEW."id" AND (
        OLD."name_words" IS NOT NEW."name_words"
        OR OLD."description_words" IS NOT NEW."description_words"
    );
END;
