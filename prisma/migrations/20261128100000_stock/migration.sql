-- The stock ledger. A product's ledger begins at the first change of its stock; from then on the sum
-- of the deltas is the quantity, whoever changes it.

-- CreateTable
CREATE TABLE "stock_adjustments" (
    -- AUTOINCREMENT: a number is never given twice.
    "line_number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "product_id" TEXT NOT NULL,
    "delta" BIGINT NOT NULL,
    "quantity_after" BIGINT NOT NULL,
    "reason" TEXT,
    "reference" TEXT,
    "at" DATETIME NOT NULL,

    CONSTRAINT "stock_adjustments_delta_is_a_safe_integer_but_0" CHECK (
        typeof("delta") = 'integer'
        AND "delta" BETWEEN -9007199254740991 AND 9007199254740991
        AND "delta" <> 0
    ),
    CONSTRAINT "stock_adjustments_quantity_after_is_a_safe_integer" CHECK (
        typeof("quantity_after") = 'integer'
        AND "quantity_after" BETWEEN 0 AND 9007199254740991
    ),
    CONSTRAINT "stock_adjustments_reason_has_at_most_100_characters" CHECK (
        "reason" IS NULL
        OR (typeof("reason") = 'text' AND length("reason") <= 100 AND instr("reason", char(0)) = 0)
    ),
    CONSTRAINT "stock_adjustments_reference_has_at_most_200_characters" CHECK (
        "reference" IS NULL
        OR (
            typeof("reference") = 'text'
            AND length("reference") <= 200
            AND instr("reference", char(0)) = 0
        )
    ),
    CONSTRAINT "stock_adjustments_at_has_a_year_of_four_digits" CHECK (
        typeof("at") = 'integer'
        AND "at" BETWEEN -62135596800000 AND 253402300799999
    )
);

-- CreateIndex
CREATE INDEX "stock_adjustments_product_id_line_number_idx"
ON "stock_adjustments"("product_id", "line_number");

-- CreateTrigger: of an id whose ledger a deleted or replaced product has begun.
CREATE TRIGGER "products_ledger_create"
AFTER INSERT ON "products"
WHEN NEW."stock_quantity" <> (
    SELECT "quantity_after" FROM "stock_adjustments"
    WHERE "product_id" = NEW."id" ORDER BY "line_number" DESC LIMIT 1
)
BEGIN
    INSERT INTO "stock_adjustments" ("product_id", "delta", "quantity_after", "at")
    SELECT
        NEW."id",
        NEW."stock_quantity" - "quantity_after",
        NEW."stock_quantity",
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)
    FROM "stock_adjustments" WHERE "product_id" = NEW."id" ORDER BY "line_number" DESC LIMIT 1;
END;

-- CreateTrigger: an adjustment has written its lines before it changes the quantity, so that nothing
-- differs any more.
CREATE TRIGGER "products_ledger_update"
AFTER UPDATE OF "stock_quantity" ON "products"
WHEN NEW."stock_quantity" <> OLD."stock_quantity"
BEGIN
    INSERT INTO "stock_adjustments" ("product_id", "delta", "quantity_after", "at")
    SELECT
        NEW."id",
        OLD."stock_quantity",
        OLD."stock_quantity",
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)
    WHERE OLD."stock_quantity" <> 0
        AND NOT EXISTS (SELECT 1 FROM "stock_adjustments" WHERE "product_id" = NEW."id");
    INSERT INTO "stock_adjustments" ("product_id", "delta", "quantity_after", "at")
    SELECT
        NEW."id",
        NEW."stock_quantity" - "last"."quantity",
        NEW."stock_quantity",
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)
    FROM (
        SELECT coalesce(
            (
                SELECT "quantity_after" FROM "stock_adjustments"
                WHERE "product_id" = NEW."id" ORDER BY "line_number" DESC LIMIT 1
            ),
            0
        ) AS "quantity"
    ) AS "last"
    WHERE "last"."quantity" <> NEW."stock_quantity";
END;

-- CreateTrigger: the last line of a ledger whose product is deleted.
CREATE TRIGGER "products_ledger_delete"
AFTER DELETE ON "products"
WHEN 0 <> (
    SELECT "quantity_after" FROM "stock_adjustments"
    WHERE "product_id" = OLD."id" ORDER BY "line_number" DESC LIMIT 1
)
BEGIN
    INSERT INTO "stock_adjustments" ("product_id", "delta", "quantity_after", "at")
    SELECT
        OLD."id",
        -"quantity_after",
        0,
        CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)
    FROM "stock_adjustments" WHERE "product_id" = OLD."id" ORDER BY "line_number" DESC LIMIT 1;
END;
