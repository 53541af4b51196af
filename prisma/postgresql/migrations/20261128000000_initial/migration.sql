-- The service checks every value first; these constraints hold for whoever else writes. Prisma does
-- not know CHECK constraints, triggers, functions, partial indexes and collations.
--
-- All pending migrations run in one transaction: none may have CREATE INDEX CONCURRENTLY.

-- CreateTable
CREATE TABLE "products" (
    "id" UUID NOT NULL,
    -- COLLATE "C" compares bytes, as SQLite does: every server sorts names in the same order. Other
    -- collations differ between servers, and an upgrade of the system can change them under an index.
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "price_units" BIGINT NOT NULL,
    "stock_quantity" BIGINT NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "products_id_is_a_uuid_v4" CHECK (
        "id"::text ~ '^.{14}4.{4}[89ab]'
    ),
    CONSTRAINT "products_name_has_1_to_200_characters" CHECK (
        char_length("name") BETWEEN 1 AND 200
    ),
    -- The characters that String.prototype.trim removes (ECMA-262, WhiteSpace and LineTerminator).
    CONSTRAINT "products_name_is_not_blank" CHECK (
        btrim(
            "name",
            U&'\0009\000A\000B\000C\000D\0020\00A0\1680\2000\2001\2002\2003\2004\2005\2006\2007\2008'
            '\2009\200A\2028\2029\202F\205F\3000\FEFF'
        ) <> ''
    ),
    CONSTRAINT "products_description_has_at_most_10000_characters" CHECK (
        char_length("description") <= 10000
    ),
    CONSTRAINT "products_price_units_is_positive_and_below_10_to_15" CHECK (
        "price_units" > 0
        AND "price_units" < 1000000000000000
    ),
    CONSTRAINT "products_stock_quantity_is_a_safe_integer" CHECK (
        "stock_quantity" BETWEEN 0 AND 9007199254740991
    ),
    -- A deletion is logged with the version after the last, which JavaScript must still represent exactly.
    CONSTRAINT "products_version_is_below_2_to_53" CHECK (
        "version" BETWEEN 1 AND 9007199254740990
    ),
    CONSTRAINT "products_times_are_finite" CHECK (
        isfinite("created_at")
        AND isfinite("updated_at")
    )
);

-- CreateTable
CREATE TABLE "metadata" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "metadata_pkey" PRIMARY KEY ("key")
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

-- The database's own id: 128 random bits. A copy of the database keeps it.
INSERT INTO "metadata" ("key", "value")
VALUES ('database_id', replace(gen_random_uuid()::text, '-', ''));
