-- Text search. An entry has the words of a product, as src/search/words.ts finds them. The words are
-- in a table of their own because a change of any indexed column, such as the price, writes every
-- index of its table again.
--
-- The service writes a product and its entry in one statement. The triggers of "products" mark the
-- entries of all other writes, which src/search/index-products.ts then indexes.

-- CreateTable
CREATE TABLE "product_search_entries" (
    "number" BIGSERIAL NOT NULL,
    "product_id" UUID,
    -- False while the words may be those of an earlier name or description.
    "is_current" BOOLEAN NOT NULL DEFAULT false,
    -- The version of the product when the service wrote these words.
    "version" BIGINT,
    "name_words" TSVECTOR,
    -- Positions start at 2, so that no phrase reaches from the name into the description.
    "description_words" TSVECTOR,
    -- Both, set by the trigger.
    "words" TSVECTOR,

    CONSTRAINT "product_search_entries_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE UNIQUE INDEX "product_search_entries_product_id_key"
ON "product_search_entries"("product_id");

-- CreateIndex
CREATE INDEX "product_search_entries_words_idx" ON "product_search_entries" USING GIN ("words");

-- CreateIndex: the entries to be indexed.
CREATE INDEX "product_search_entries_marked_idx"
ON "product_search_entries"("number") WHERE NOT "is_current";

-- CreateFunction
CREATE FUNCTION product_search_entries_words() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := NEW.name_words || NEW.description_words;
    RETURN NEW;
END $$;

-- CreateTrigger
CREATE TRIGGER "product_search_entries_words"
BEFORE INSERT OR UPDATE OF "name_words", "description_words" ON "product_search_entries"
FOR EACH ROW EXECUTE FUNCTION product_search_entries_words();

-- Every product is to be indexed, in the order of creation.
INSERT INTO "product_search_entries" ("product_id")
SELECT "id" FROM "products" ORDER BY "created_at", "id";

-- CreateFunction: runs after the whole statement, so the service's own entries are there.
CREATE FUNCTION products_search_create() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO product_search_entries (product_id) SELECT id FROM created
    ON CONFLICT (product_id) DO NOTHING;
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_search_create" AFTER INSERT ON "products"
REFERENCING NEW TABLE AS created
FOR EACH STATEMENT EXECUTE FUNCTION products_search_create();

-- CreateFunction
CREATE FUNCTION products_search_update() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE product_search_entries SET is_current = false
    WHERE product_id = NEW.id AND is_current AND version IS DISTINCT FROM NEW.version;
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_search_update" AFTER UPDATE OF "name", "description" ON "products"
FOR EACH ROW WHEN (NEW.name <> OLD.name OR NEW.description <> OLD.description)
EXECUTE FUNCTION products_search_update();

-- CreateFunction
CREATE FUNCTION products_search_delete() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM product_search_entries USING removed WHERE product_id = removed.id;
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_search_delete" AFTER DELETE ON "products"
REFERENCING OLD TABLE AS removed
FOR EACH STATEMENT EXECUTE FUNCTION products_search_delete();

-- Also in a session with session_replication_role = replica.
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_search_create";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_search_update";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_search_delete";
ALTER TABLE "product_search_entries" ENABLE ALWAYS TRIGGER "product_search_entries_words";

-- CreateFunction: some matches, by the index whatever the planner expects: it takes matches for
-- evenly spread, and would read the table until it has enough of them.
CREATE FUNCTION product_search_matches(query TSQUERY, max_matches BIGINT)
RETURNS TABLE (number BIGINT, product_id UUID)
LANGUAGE sql STABLE SET search_path FROM CURRENT SET enable_seqscan = off AS $$
    SELECT number, product_id FROM product_search_entries
    WHERE words @@ query LIMIT max_matches
$$;
