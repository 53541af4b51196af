-- Every change of a product is logged by triggers, in the transaction that makes it.
--
-- Transactions commit in another order than they write. A number that the writer takes would thus
-- appear after higher ones that readers have passed already. So an entry is written without a
-- number, and whoever reads the log numbers the entries that are committed, one reader at a time:
-- the order of the numbers is the order in which entries become visible, and no writer waits.

-- CreateTable
CREATE TABLE "product_changes" (
    "id" BIGSERIAL NOT NULL,
    "seq" BIGINT,
    "product_id" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_changes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "product_changes_kind_is_known" CHECK ("kind" IN ('create', 'update', 'delete'))
);

-- CreateIndex
CREATE UNIQUE INDEX "product_changes_seq_key" ON "product_changes"("seq");

-- CreateIndex
CREATE INDEX "product_changes_product_id_idx" ON "product_changes"("product_id");

-- CreateIndex: the entries without a number.
CREATE INDEX "product_changes_without_number_idx" ON "product_changes"("id") WHERE "seq" IS NULL;

-- Every entry leaves a dead row version when it is numbered.
ALTER TABLE "product_changes" SET (autovacuum_vacuum_scale_factor = 0.02);

-- The last number that was given. Numbering locks this row until its commit.
INSERT INTO "metadata" ("key", "value") VALUES ('last_change', '0');

-- CreateFunction: numbers at most 5,000 committed entries, and returns how many it has numbered.
--
-- One statement for all entries was planned as a nested loop over a log that was short when the
-- server last counted its rows: 5,000 new entries then took 25 million steps, longer than the time
-- limit of a statement. Here each entry is found by its index, whatever the planner believes.
--
-- The statements after the lock must see what was committed before it: each of a VOLATILE function
-- has a snapshot of its own in READ COMMITTED. In a stricter isolation level the lock fails instead
-- (40001) if another reader has numbered since the snapshot.
CREATE FUNCTION number_product_changes() RETURNS BIGINT
LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
    last_number BIGINT;
    numbered BIGINT := 0;
    entry_id BIGINT;
BEGIN
    IF EXISTS (SELECT FROM product_changes WHERE seq IS NULL) THEN
        SELECT value::bigint INTO STRICT last_number
        FROM metadata WHERE key = 'last_change' FOR UPDATE;
        FOR entry_id IN
            SELECT id FROM product_changes WHERE seq IS NULL ORDER BY id LIMIT 5000
        LOOP
            UPDATE product_changes SET seq = last_number + numbered + 1 WHERE id = entry_id;
            IF FOUND THEN
                numbered := numbered + 1;
            END IF;
        END LOOP;
        UPDATE metadata SET value = (last_number + numbered)::text WHERE key = 'last_change';
        IF current_setting('synchronous_commit') = 'off' THEN
            -- A number that a crash takes back would be given to another entry.
            PERFORM set_config('synchronous_commit', 'on', true);
        END IF;
    END IF;
    RETURN numbered;
END $$;

-- CreateFunction: numbers entries, and returns the end of the log. Unless `is_complete`, more
-- entries may need a number: call it again.
CREATE FUNCTION product_changes_head()
RETURNS TABLE (database_id TEXT, seq BIGINT, changed_at TIMESTAMPTZ, is_complete BOOLEAN)
LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE
    numbered BIGINT := number_product_changes();
BEGIN
    RETURN QUERY
    SELECT
        (SELECT value FROM metadata WHERE key = 'database_id'),
        last.value::bigint,
        change.changed_at,
        numbered < 5000
    FROM metadata AS last LEFT JOIN product_changes AS change ON change.seq = last.value::bigint
    WHERE last.key = 'last_change';
END $$;

-- CreateFunction: a version that does not rise is raised, before RETURNING sees it.
CREATE FUNCTION products_before_update() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id THEN
        RAISE EXCEPTION 'products.id never changes'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW.version := greatest(NEW.version, OLD.version + 1);
    RETURN NEW;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_version_rises" BEFORE UPDATE ON "products"
FOR EACH ROW EXECUTE FUNCTION products_before_update();

-- CreateFunction: an id that is used again goes on above the last version that was logged for it.
-- Only after the insert is a deletion visible that the insert had to wait for. Raising the version
-- is logged as an update, too.
CREATE FUNCTION products_log_create() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO product_changes (product_id, version, kind, changed_at)
    SELECT
        id,
        greatest(
            version,
            (SELECT max(version) + 1 FROM product_changes WHERE product_id = created.id)
        ),
        'create',
        clock_timestamp()
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

-- CreateTrigger: one for each statement, however many rows it inserts.
CREATE TRIGGER "products_log_create" AFTER INSERT ON "products"
REFERENCING NEW TABLE AS created
FOR EACH STATEMENT EXECUTE FUNCTION products_log_create();

-- CreateFunction
CREATE FUNCTION products_log_update() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO product_changes (product_id, version, kind, changed_at)
    SELECT id, version, 'update', clock_timestamp() FROM changed;
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_log_update" AFTER UPDATE ON "products"
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION products_log_update();

-- CreateFunction: the absence of a row is the version after its last.
CREATE FUNCTION products_log_delete() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO product_changes (product_id, version, kind, changed_at)
    SELECT id, version + 1, 'delete', clock_timestamp() FROM removed;
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "products_log_delete" AFTER DELETE ON "products"
REFERENCING OLD TABLE AS removed
FOR EACH STATEMENT EXECUTE FUNCTION products_log_delete();

-- CreateFunction: TRUNCATE runs no trigger that has the rows.
CREATE FUNCTION products_refuse_truncate() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'products cannot be truncated, as that would not be logged: use DELETE'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- CreateTrigger
CREATE TRIGGER "products_are_not_truncated" BEFORE TRUNCATE ON "products"
FOR EACH STATEMENT EXECUTE FUNCTION products_refuse_truncate();

-- Also in a session with session_replication_role = replica. A subscriber of logical replication
-- does not run triggers of statements: its products must have no other source.
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_version_rises";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_log_create";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_log_update";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_log_delete";
ALTER TABLE "products" ENABLE ALWAYS TRIGGER "products_are_not_truncated";
