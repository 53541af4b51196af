-- Versions stay below 2^53, and the triggers run in every SQLite from 3.38 on: the time was that of
-- unixepoch('subsec'), which came with 3.42. Debian 12 has 3.40, and so has its Python.
--
-- A CHECK cannot be added to a table, so the table is built again, with its indexes and triggers.

-- RedefineTables
CREATE TABLE "new_products" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "price_units" BIGINT NOT NULL,
    "stock_quantity" BIGINT NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 1,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,

    CONSTRAINT "products_id_is_a_uuid_v4" CHECK (
        "id" GLOB '????????-????-4???-[89ab]???-????????????'
        AND length(replace("id", '-', '')) = 32
        AND replace("id", '-', '') NOT GLOB '*[^0-9a-f]*'
    ),
    CONSTRAINT "products_name_has_1_to_200_characters" CHECK (
        typeof("name") = 'text'
        AND length("name") BETWEEN 1 AND 200
        AND instr("name", char(0)) = 0
    ),
    -- The characters that String.prototype.trim removes (ECMA-262, WhiteSpace and LineTerminator).
    CONSTRAINT "products_name_is_not_blank" CHECK (
        trim("name", char(
            9, 10, 11, 12, 13, 32, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200,
            8201, 8202, 8232, 8233, 8239, 8287, 12288, 65279
        )) <> ''
    ),
    CONSTRAINT "products_description_has_at_most_10000_characters" CHECK (
        typeof("description") = 'text'
        AND length("description") <= 10000
        AND instr("description", char(0)) = 0
    ),
    CONSTRAINT "products_price_units_is_positive_and_below_10_to_15" CHECK (
        typeof("price_units") = 'integer'
        AND "price_units" > 0
        AND "price_units" < 1000000000000000
    ),
    CONSTRAINT "products_stock_quantity_is_a_safe_integer" CHECK (
        typeof("stock_quantity") = 'integer'
        AND "stock_quantity" BETWEEN 0 AND 9007199254740991
    ),
    -- A deletion is logged with the version after the last, which JavaScript must still represent exactly.
    CONSTRAINT "products_version_is_below_2_to_53" CHECK (
        typeof("version") = 'integer'
        AND "version" BETWEEN 1 AND 9007199254740990
    ),
    CONSTRAINT "products_times_are_integers" CHECK (
        typeof("created_at") = 'integer'
        AND typeof("updated_at") = 'integer'
    )
);

-- A version that was set too high by hand is lowered to 2^52, from where it can rise again.
INSERT INTO "new_products" (
    "id", "name", "description", "price_units", "stock_quantity", "version", "created_at", "updated_at"
)
SELECT
    "id", "name", "description", "price_units", "stock_quantity",
    CASE WHEN "version" < 9007199254740990 THEN "version" ELSE 4503599627370496 END,
    "created_at", "updated_at"
FROM "products";

DROP TABLE "products";

ALTER TABLE "new_products" RENAME TO "products";

-- CreateIndex
CREATE INDEX "products_name_id_idx" ON "products"("name", "id");

-- CreateIndex
CREATE INDEX "products_price_units_id_idx" ON "products"("price_units", "id");

-- CreateIndex
CREATE INDEX "products_stock_quantity_id_idx" ON "products"("stock_quantity", "id");

-- CreateIndex
CREATE INDEX "products_created_at_id_idx" ON "products"("created_at", "id");

-- CreateIndex
CREATE INDEX "products_updated_at_id_idx" ON "products"("updated_at", "id");

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
    SELECT
        "id",
        "version",
        'create',
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)
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
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)
    );
END;

-- CreateTrigger: the absence of a row is the version after its last.
CREATE TRIGGER "products_log_delete"
AFTER DELETE ON "products"
BEGIN
    INSERT INTO "product_changes" ("product_id", "version", "kind", "changed_at")
    VALUES (
        OLD."id",
        OLD."version" + 1,
        'delete',
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)
    );
END;
