-- A product has the number of its search entry, so that the entries need no index on the ids of the
-- products: with ids in random order, each new product wrote a page of that index.

-- AlterTable: set by the triggers.
ALTER TABLE "products" ADD COLUMN "search_number" BIGINT;

-- The number of the entry is not part of the product: setting it is not a change.
DROP TRIGGER "products_version_rises";
CREATE TRIGGER "products_version_rises"
AFTER UPDATE OF
    "id", "name", "description", "price_units", "stock_quantity", "version", "created_at", "updated_at"
ON "products"
WHEN NEW."version" <= OLD."version"
BEGIN
    UPDATE "products" SET "version" = OLD."version" + 1 WHERE "id" = NEW."id";
END;

UPDATE "products"
SET "search_number" = (
    SELECT "number" FROM "product_search_entries" WHERE "product_id" = "products"."id"
);

-- DropIndex
DROP INDEX "product_search_entries_product_id_key";

-- CreateIndex: the marked entry of a product, for SQL by hand that creates it.
CREATE INDEX "product_search_entries_marked_product_id_idx"
ON "product_search_entries"("product_id") WHERE NOT "is_current";

DROP TRIGGER "products_search_create";
DROP TRIGGER "products_search_replace";
DROP TRIGGER "products_search_update";
DROP TRIGGER "products_search_delete";

-- CreateTrigger: creates the missing entries, of SQL by hand. An earlier row with the id may have
-- left a marked one.
CREATE TRIGGER "products_search_create"
AFTER INSERT ON "products"
WHEN NOT EXISTS (
    SELECT 1 FROM "product_search_entries"
    WHERE "number" = NEW."search_number" AND "product_id" = NEW."id"
)
BEGIN
    INSERT INTO "product_search_entries" ("product_id")
    SELECT NEW."id" WHERE NOT EXISTS (
        SELECT 1 FROM "product_search_entries" WHERE NOT "is_current" AND "product_id" = NEW."id"
    );
    UPDATE "products"
    SET "search_number" = (
        SELECT "number" FROM "product_search_entries"
        WHERE NOT "is_current" AND "product_id" = NEW."id"
    )
    WHERE "id" = NEW."id";
END;

-- CreateTrigger: INSERT OR REPLACE deletes the earlier row without a trigger.
CREATE TRIGGER "products_search_replace"
BEFORE INSERT ON "products"
WHEN EXISTS (SELECT 1 FROM "products" WHERE "id" = NEW."id")
BEGIN
    UPDATE "product_search_entries" SET "is_current" = false
    WHERE "number" = (SELECT "search_number" FROM "products" WHERE "id" = NEW."id");
END;

-- CreateTrigger
CREATE TRIGGER "products_search_update"
AFTER UPDATE OF "name", "description" ON "products"
WHEN NEW."name" <> OLD."name" OR NEW."description" <> OLD."description"
BEGIN
    UPDATE "product_search_entries" SET "is_current" = false WHERE "number" = NEW."search_number";
END;

-- CreateTrigger
CREATE TRIGGER "products_search_delete"
AFTER DELETE ON "products"
BEGIN
    UPDATE "product_search_entries" SET "product_id" = NULL, "is_current" = false
    WHERE "number" = OLD."search_number";
END;

-- RecreateView, with its triggers
DROP VIEW "searchable_products";
CREATE VIEW "searchable_products" AS
SELECT
    "products".*,
    "product_search_entries"."is_current",
    "product_search_entries"."name_words",
    "product_search_entries"."description_words"
FROM "products" LEFT JOIN "product_search_entries"
ON "product_search_entries"."number" = "products"."search_number";

CREATE TRIGGER "searchable_products_create"
INSTEAD OF INSERT ON "searchable_products"
BEGIN
    INSERT INTO "product_search_entries" (
        "product_id", "is_current", "name_words", "description_words"
    )
    VALUES (NEW."id", true, NEW."name_words", NEW."description_words");
    -- Both tables give the entry this number.
    INSERT INTO "product_search_pending" ("number") VALUES (last_insert_rowid());
    INSERT INTO "products" (
        "id", "name", "description", "price_units", "stock_quantity", "version", "created_at",
        "updated_at", "search_number"
    )
    VALUES (
        NEW."id", NEW."name", NEW."description", NEW."price_units", NEW."stock_quantity",
        NEW."version", NEW."created_at", NEW."updated_at", last_insert_rowid()
    );
END;

-- Words that stay the same are not indexed again.
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
    WHERE "number" = OLD."search_number" AND (
        "is_current" <> NEW."is_current"
        OR "name_words" IS NOT NEW."name_words"
        OR "description_words" IS NOT NEW."description_words"
    );
    INSERT OR IGNORE INTO "product_search_pending" ("number")
    SELECT OLD."search_number"
    WHERE OLD."name_words" IS NOT NEW."name_words"
        OR OLD."description_words" IS NOT NEW."description_words";
END;
