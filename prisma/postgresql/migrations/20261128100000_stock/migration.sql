-- The stock ledger. A product's ledger begins at the first change of its stock; from then on the sum
-- of the deltas is the quantity, whoever changes it.
--
-- A line is written by whoever has locked the row of its product, so the numbers of a product's
-- lines have the order of their commits.

-- CreateTable
CREATE TABLE "stock_adjustments" (
    "line_number" BIGSERIAL NOT NULL,
    "product_id" UUID NOT NULL,
    "delta" BIGINT NOT NULL,
    "quantity_after" BIGINT NOT NULL,
    "reason" TEXT,
    "reference" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_adjustments_pkey" PRIMARY KEY ("product_id", "line_number"),
    CONSTRAINT "stock_adjustments_delta_is_a_safe_integer_but_0" CHECK (
        "delta" BETWEEN -9007199254740991 AND 9007199254740991
        AND "delta" <> 0
    ),
    CONSTRAINT "stock_adjustments_quantity_after_is_a_safe_integer" CHECK (
        "quantity_after" BETWEEN 0 AND 9007199254740991
    ),
    CONSTRAINT "stock_adjustments_reason_has_at_most_100_characters" CHECK (
        char_length("reason") <= 100
    ),
    CONSTRAINT "stock_adjustments_reference_has_at_most_200_characters" CHECK (
        char_length("reference") <= 200
    ),
    CONSTRAINT "stock_adjustments_at_has_a_year_of_four_digits" CHECK (
        "at" BETWEEN '0001-01-01Z' AND '9999-12-31 23:59:59.999Z'
    )
);

-- CreateFunction: of ids whose ledger a deleted product has begun.
CREATE FUNCTION products_ledger_create() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO stock_adjustments (product_id, delta, quantity_after, at)
    SELECT id, stock_quantity - last.quantity, stock_quantity, clock_timestamp()
    FROM created CROSS JOIN LATERAL (
        SELECT quantity_after AS quantity FROM stock_adjustments
        WHERE product_id = created.id ORDER BY line_number DESC LIMIT 1
    ) AS last
    WHERE last.quantity <> stock_quantity;
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_ledger_create" AFTER INSERT ON "products"
REFERENCING NEW TABLE AS created
FOR EACH STATEMENT EXECUTE FUNCTION products_ledger_create();

-- CreateFunction: an adjustment has written its lines before it changes the quantity, so that
-- nothing differs any more.
CREATE FUNCTION products_ledger_update() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    last_quantity BIGINT := (
        SELECT quantity_after FROM stock_adjustments
        WHERE product_id = NEW.id ORDER BY line_number DESC LIMIT 1
    );
BEGIN
    IF last_quantity IS NULL AND OLD.stock_quantity <> 0 THEN
        INSERT INTO stock_adjustments (product_id, delta, quantity_after, at)
        VALUES (NEW.id, OLD.stock_quantity, OLD.stock_quantity, clock_timestamp());
        last_quantity := OLD.stock_quantity;
    END IF;
    IF coalesce(last_quantity, 0) <> NEW.stock_quantity THEN
        INSERT INTO stock_adjustments (product_id, delta, quantity_after, at)
        VALUES (
            NEW.id,
            NEW.stock_quantity - coalesce(last_quantity, 0),
            NEW.stock_quantity,
            clock_timestamp()
        );
    END IF;
    RETURN NULL;
END $$;

-- CreateTrigger: for each row, because a trigger with a condition costs other changes nothing.
CREATE TRIGGER "products_ledger_update" AFTER UPDATE OF "stock_quantity" ON "products"
FOR EACH ROW WHEN (NEW.stock_quantity <> OLD.stock_quantity)
EXECUTE FUNCTION products_ledger_update();

-- CreateFunction: the last line of a ledger whose product is deleted.
CREATE FUNCTION products_ledger_delete() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO stock_adjustments (product_id, delta, quantity_after, at)
    SELECT id, -last.quantity, 0, clock_timestamp()
    FROM removed CROSS JOIN LATERAL (
        SELECT quantity_after AS quantity FROM stock_adjustments
        WHERE product_id = removed.id ORDER BY line_number DESC LIMIT 1
    ) AS last
    WHERE last.quantity <> 0;
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_ledger_delete" AFTER DELETE ON "products"
REFERENCING OLD TABLE AS removed
FOR EACH STATEMENT EXECUTE FUNCTION products_ledger_delete();

-- Also in a session with session_replication_role = replica, as the triggers of the change log.
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_ledger_create";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_ledger_update";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_ledger_delete";
