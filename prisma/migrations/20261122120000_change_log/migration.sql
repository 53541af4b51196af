-- Every change of a product is logged by triggers, in the transaction that makes it: by whomever,
-- however many rows at once, and whether or not the writer lives to tell anybody.

-- CreateTable
CREATE TABLE "product_changes" (
    -- AUTOINCREMENT: a number is never given twice, also when the entries before it were pruned.
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "product_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "changed_at" DATETIME NOT NULL,

    CONSTRAINT "product_changes_kind_is_known" CHECK ("kind" IN ('create', 'update', 'delete'))
);

-- CreateIndex
CREATE INDEX "product_changes_product_id_idx" ON "product_changes"("product_id");

-- DropTrigger: a version that does not rise is from now on raised, not refused.
DROP TRIGGER "products_version_rises";

-- CreateTrigger
CREATE TRIGGER "products_id_stays"
BEFORE UPDATE OF "id" ON "products"
WHEN NEW."id" <> OLD."id"
BEGIN
    SELECT RAISE(ABORT, 'products.id never changes');
END;

-- CreateTrigger: an id that is used again goes on above the last version that was logged for it.
CREATE TRIGGER "products_log_create"
AFTER INSERT ON "products"
BEGIN
    UPDATE "products"
    SET "version" = 1 + (
        SELECT "version" FROM "product_changes"
        WHERE "product_id" = NEW."id" ORDER BY "seq" DESC LIMIT 1
    )
    WHERE "id" = NEW."id" AND "version" <= (
        SELECT "version" FROM "product_changes"
        WHERE "product_id" = NEW."id" ORDER BY "seq" DESC LIMIT 1
    );
    INSERT INTO "product_changes" ("product_id", "version", "kind", "changed_at")
    SELECT "id", "version", 'create', CAST(unixepoch('subsec') * 1000 AS INTEGER)
    FROM "products" WHERE "id" = NEW."id";
END;

-- CreateTrigger: without effect on itself or on the triggers of the other columns.
CREATE TRIGGER "products_version_rises"
AFTER UPDATE ON "products"
WHEN NEW."version" <= OLD."version"
BEGIN
    UPDATE "products" SET "version" = OLD."version" + 1 WHERE "id" = NEW."id";
END;

-- CreateTrigger: of every column but the id, which stays, and the version, which says nothing alone.
CREATE TRIGGER "products_log_update"
AFTER UPDATE OF
    "name", "description", "price_units", "stock_quantity", "created_at", "updated_at"
ON "products"
BEGIN
    INSERT INTO "product_changes" ("product_id", "version", "kind", "changed_at")
    VALUES (
        NEW."id",
        max(NEW."version", OLD."version" + 1),
        'update',
        CAST(unixepoch('subsec') * 1000 AS INTEGER)
    );
END;

-- CreateTrigger: the absence of a row is the version after its last.
CREATE TRIGGER "products_log_delete"
AFTER DELETE ON "products"
BEGIN
    INSERT INTO "product_changes" ("product_id", "version", "kind", "changed_at")
    VALUES (
        OLD."id", OLD."version" + 1, 'delete', CAST(unixepoch('subsec') * 1000 AS INTEGER)
    );
END;

-- The database's own id: 128 random bits. A file that was restored or copied keeps it.
INSERT INTO "metadata" ("key", "value") VALUES ('database_id', lower(hex(randomblob(16))));
