-- The service checks every value first; these constraints hold for whoever else writes. Prisma does
-- not know CHECK constraints and triggers: a later migration that rebuilds a table must repeat them.

-- CreateTable
CREATE TABLE "products" (
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
    -- The characters are those that String.prototype.trim removes (ECMA-262, WhiteSpace and LineTerminator).
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
    CONSTRAINT "products_version_is_at_least_1" CHECK (
        typeof("version") = 'integer'
        AND "version" >= 1
    ),
    CONSTRAINT "products_times_are_integers" CHECK (
        typeof("created_at") = 'integer'
        AND typeof("updated_at") = 'integer'
    )
);

-- CreateTable
CREATE TABLE "metadata" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

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
CREATE TRIGGER "products_version_rises"
BEFORE UPDATE ON "products"
WHEN NEW."version" <= OLD."version"
BEGIN
    SELECT RAISE(ABORT, 'products.version must rise with every change');
END;
