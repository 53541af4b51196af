-- The change log keeps what a change replaced, so that it can be shown and undone, and by whom. It has
-- two readers with retentions of their own: the relay of the cache, whose part begins at the metadata
-- "relay_start", and the feed of changes, for which entries before it are kept.

-- AlterTable: the values that the change replaced. Of an update, NULL where the value stayed the same.
-- "previous_updated_at" is NULL if no values were recorded: of a creation, and of entries that earlier
-- versions of the service have logged. "changed_by" is the id of the API key of the request; NULL
-- without one, and for SQL by hand.
ALTER TABLE "product_changes"
    ADD COLUMN "previous_name" TEXT,
    ADD COLUMN "previous_description" TEXT,
    ADD COLUMN "previous_price_units" BIGINT,
    ADD COLUMN "previous_stock_quantity" BIGINT,
    ADD COLUMN "previous_created_at" TIMESTAMPTZ(3),
    ADD COLUMN "previous_updated_at" TIMESTAMPTZ(3),
    ADD COLUMN "changed_by" TEXT;

-- The first entry that the relay of the cache may still need.
INSERT INTO "metadata" ("key", "value")
SELECT 'relay_start', coalesce(
    (SELECT min("seq") FROM "product_changes"),
    (SELECT "value"::bigint + 1 FROM "metadata" WHERE "key" = 'last_change')
)::text;

-- CreateIndex: for the history of one product, the newest first.
CREATE INDEX "product_changes_product_id_version_idx" ON "product_changes"("product_id", "version");

-- DropIndex
DROP INDEX "product_changes_product_id_idx";

-- CreateFunction: who changes products in this transaction, as JSON of product ids and ids of API
-- keys. A statement of the service sets it for its transaction.
CREATE FUNCTION product_authors() RETURNS JSONB LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('product_api.changed_by', true), '')::jsonb
$$;

-- CreateFunction
CREATE OR REPLACE FUNCTION products_log_create() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    authors JSONB := product_authors();
BEGIN
    INSERT INTO product_changes (product_id, version, kind, changed_at, changed_by)
    SELECT
        id,
        greatest(
            version,
            (SELECT max(version) + 1 FROM product_changes WHERE product_id = created.id)
        ),
        'create',
        clock_timestamp(),
        authors ->> id::text
    FROM created;
    IF EXISTS (
        SELECT FROM created
        WHERE version < (SELECT max(version) FROM product_changes WHERE product_id = created.id)
    ) THEN
        UPDATE products AS product SET version = last.version
        FROM (
            SELECT
                id,
                (SELECT max(version) FROM product_changes WHERE product_id = created.id) AS version
            FROM created
        ) AS last
        WHERE product.id = last.id AND product.version < last.version;
    END IF;
    RETURN NULL;
END $$;

-- CreateFunction: the version that `products_log_create` raises is part of the creation.
CREATE OR REPLACE FUNCTION products_log_update() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    authors JSONB := product_authors();
BEGIN
    INSERT INTO product_changes (
        product_id, version, kind, changed_at,
        previous_name, previous_description, previous_price_units, previous_stock_quantity,
        previous_created_at, previous_updated_at, changed_by
    )
    SELECT
        id,
        changed.version,
        'update',
        clock_timestamp(),
        nullif(earlier.name, changed.name),
        nullif(earlier.description, changed.description),
        nullif(earlier.price_units, changed.price_units),
        nullif(earlier.stock_quantity, changed.stock_quantity),
        nullif(earlier.created_at, changed.created_at),
        earlier.updated_at,
        authors ->> id::text
    FROM earlier JOIN changed USING (id)
    WHERE pg_trigger_depth() = 1 OR NOT EXISTS (
        SELECT FROM product_changes
        WHERE product_id = changed.id AND product_changes.version = changed.version
    );
    RETURN NULL;
END $$;

DROP TRIGGER "products_log_update" ON "products";

-- CreateTrigger
CREATE TRIGGER "products_log_update" AFTER UPDATE ON "products"
REFERENCING OLD TABLE AS earlier NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION products_log_update();

ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_log_update";

-- CreateFunction: the absence of a row is the version after its last.
CREATE OR REPLACE FUNCTION products_log_delete() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    authors JSONB := product_authors();
BEGIN
    INSERT INTO product_changes (
        product_id, version, kind, changed_at,
        previous_name, previous_description, previous_price_units, previous_stock_quantity,
        previous_created_at, previous_updated_at, changed_by
    )
    SELECT
        id, version + 1, 'delete', clock_timestamp(),
        name, description, price_units, stock_quantity,
        created_at, updated_at, authors ->> id::text
    FROM removed;
    RETURN NULL;
END $$;
