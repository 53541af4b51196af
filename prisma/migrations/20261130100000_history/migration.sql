-- The change log keeps what a change replaced, so that it can be shown and undone, and by whom. It has
-- two readers with retentions of their own: the relay of the cache, whose part begins at the metadata
-- "relay_start", and the feed of changes, for which entries before it are kept.

-- AlterTable: the values that the change replaced. Of an update, NULL where the value stayed the same.
-- "previous_updated_at" is NULL if no values were recorded: of a creation, unless it has replaced a
-- row, and of entries that earlier versions of the service have logged.
ALTER TABLE "product_changes" ADD COLUMN "previous_name" TEXT;
ALTER TABLE "product_changes" ADD COLUMN "previous_description" TEXT;
ALTER TABLE "product_changes" ADD COLUMN "previous_price_units" BIGINT;
ALTER TABLE "product_changes" ADD COLUMN "previous_stock_quantity" BIGINT;
ALTER TABLE "product_changes" ADD COLUMN "previous_created_at" DATETIME;
ALTER TABLE "product_changes" ADD COLUMN "previous_updated_at" DATETIME;

-- AlterTable: the id of the API key of the request; NULL without one, and for SQL by hand.
ALTER TABLE "product_changes" ADD COLUMN "changed_by" TEXT;

-- The first entry that the relay of the cache may still need.
INSERT INTO "metadata" ("key", "value")
SELECT 'relay_start', coalesce(
    (SELECT min("seq") FROM "product_changes"),
    (SELECT "seq" + 1 FROM "sqlite_sequence" WHERE "name" = 'product_changes'),
    1
);

-- CreateIndex: for the history of one product, the newest first.
CREATE INDEX "product_changes_product_id_version_idx" ON "product_changes"("product_id", "version");

-- DropIndex
DROP INDEX "product_changes_product_id_idx";

-- CreateTable: the row that an INSERT finds under its id. INSERT OR REPLACE deletes it without a
-- trigger, before the triggers that run after the INSERT.
CREATE TABLE "product_replacements" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "price_units" BIGINT NOT NULL,
    "stock_quantity" BIGINT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL
);

-- CreateTrigger: the statement may also leave the row alone or update it (ON CONFLICT).
CREATE TRIGGER "products_log_replace"
BEFORE INSERT ON "products"
WHEN EXISTS (SELECT 1 FROM "products" WHERE "id" = NEW."id")
BEGIN
    DELETE FROM "product_replacements" WHERE "id" = NEW."id";
    INSERT INTO "product_replacements" (
        "id", "name", "description", "price_units", "stock_quantity", "created_at", "updated_at"
    )
    SELECT
        "id", "name", "description", "price_units", "stock_quantity", "created_at", "updated_at"
    FROM "products" WHERE "id" = NEW."id";
END;

DROP TRIGGER "products_log_create";

-- CreateTrigger: an id that is used again goes on above the last version that was logged for it.
CREATE TRIGGER "products_log_create"
AFTER INSERT ON "products"
BEGIN
    UPDATE "products"
    SET "version" = 1 + (
        SELECT "version" FROM "product_changes"
        WHERE "product_id" = NEW."id" ORDER BY "version" DESC LIMIT 1
    )
    WHERE "id" = NEW."id" AND "version" <= (
        SELECT "version" FROM "product_changes"
        WHERE "product_id" = NEW."id" ORDER BY "version" DESC LIMIT 1
    );
    INSERT INTO "product_changes" (
        "product_id", "version", "kind", "changed_at",
        "previous_name", "previous_description", "previous_price_units", "previous_stock_quantity",
        "previous_created_at", "previous_updated_at"
    )
    SELECT
        "product"."id",
        "product"."version",
        'create',
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER),
        "replaced"."name",
        "replaced"."description",
        "replaced"."price_units",
        "replaced"."stock_quantity",
        "replaced"."created_at",
        "replaced"."updated_at"
    FROM "products" AS "product"
    LEFT JOIN "product_replacements" AS "replaced" ON "replaced"."id" = "product"."id"
    WHERE "product"."id" = NEW."id";
    DELETE FROM "product_replacements" WHERE "id" = NEW."id";
END;

DROP TRIGGER "products_log_update";

-- CreateTrigger: of every column but the id, which stays, and the version, which says nothing alone.
CREATE TRIGGER "products_log_update"
AFTER UPDATE OF
    "name", "description", "price_units", "stock_quantity", "created_at", "updated_at"
ON "products"
BEGIN
    INSERT INTO "product_changes" (
        "product_id", "version", "kind", "changed_at",
        "previous_name", "previous_description", "previous_price_units", "previous_stock_quantity",
        "previous_created_at", "previous_updated_at"
    )
    VALUES (
        NEW."id",
        max(NEW."version", OLD."version" + 1),
        'update',
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER),
        CASE WHEN OLD."name" <> NEW."name" THEN OLD."name" END,
        CASE WHEN OLD."description" <> NEW."description" THEN OLD."description" END,
        nullif(OLD."price_units", NEW."price_units"),
        nullif(OLD."stock_quantity", NEW."stock_quantity"),
        nullif(OLD."created_at", NEW."created_at"),
        OLD."updated_at"
    );
    DELETE FROM "product_replacements" WHERE "id" = NEW."id";
END;

DROP TRIGGER "products_log_delete";

-- CreateTrigger: the absence of a row is the version after its last.
CREATE TRIGGER "products_log_delete"
AFTER DELETE ON "products"
BEGIN
    INSERT INTO "product_changes" (
        "product_id", "version", "kind", "changed_at",
        "previous_name", "previous_description", "previous_price_units", "previous_stock_quantity",
        "previous_created_at", "previous_updated_at"
    )
    VALUES (
        OLD."id",
        OLD."version" + 1,
        'delete',
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER),
        OLD."name",
        OLD."description",
        OLD."price_units",
        OLD."stock_quantity",
        OLD."created_at",
        OLD."updated_at"
    );
    DELETE FROM "product_replacements" WHERE "id" = OLD."id";
END;
