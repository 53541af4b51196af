-- The service no longer writes the full-text index with each product: a commit that changes the index
-- writes pages of all its tables. It notes the number of an entry whose words the index does not have
-- yet. Searches compare these entries one by one, until src/search/index-products.ts adds them in
-- larger parts.

-- FTS5 writes a part of the index again once this share of its rows was replaced, in percent. With
-- the default of 10, a change of a name writes ten other products again.
INSERT INTO "product_search" ("product_search", "rank") VALUES ('deletemerge', 50);

-- CreateTable
CREATE TABLE "product_search_pending" (
    "number" INTEGER NOT NULL PRIMARY KEY
);

-- The service writes the entry of a new product before the product, with its words: one write
-- instead of two. So the trigger of "products" creates only the missing entries, of SQL by hand.
DROP TRIGGER "products_search_create";
CREATE TRIGGER "products_search_create"
AFTER INSERT ON "products"
BEGIN
    INSERT INTO "product_search_entries" ("product_id") VALUES (NEW."id")
    ON CONFLICT ("product_id") DO NOTHING;
END;

-- CreateTrigger: INSERT OR REPLACE deletes the earlier row without a trigger.
CREATE TRIGGER "products_search_replace"
BEFORE INSERT ON "products"
WHEN EXISTS (SELECT 1 FROM "products" WHERE "id" = NEW."id")
BEGIN
    UPDATE "product_search_entries" SET "is_current" = false WHERE "product_id" = NEW."id";
END;

DROP TRIGGER "searchable_products_create";
CREATE TRIGGER "searchable_products_create"
INSTEAD OF INSERT ON "searchable_products"
BEGIN
    INSERT INTO "product_search_entries" (
        "product_id", "is_current", "name_words", "description_words"
    )
    VALUES (NEW."id", true, NEW."name_words", NEW."description_words");
    INSERT INTO "product_search_pending" ("number") VALUES (last_insert_rowid());
    INSERT INTO "products" (
        "id", "name", "description", "price_units", "stock_quantity", "version", "created_at",
        "updated_at"
    )
    VALUES (
        NEW."id", NEW."name", NEW."description", NEW."price_units", NEW."stock_quantity",
        NEW."version", NEW."created_at", NEW."updated_at"
    );
END;

-- Words that stay the same are not indexed again.
DROP TRIGGER "searchable_products_update";
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
    INSERT OR IGNORE INTO "product_search_pending" ("number")
    SELECT "number" FROM "product_search_entries"
    WHERE "product_id" = NEW."id" AND (
        OLD."name_words" IS NOT NEW."name_words"
        OR OLD."description_words" IS NOT NEW."description_words"
    );
END;
