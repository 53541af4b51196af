-- CreateFunction: numbers at most 5,000 committed entries, and returns how many it has numbered.
--
-- One statement for all entries was planned as a nested loop over a log that was short when the
-- server last counted its rows: 5,000 new entries then took 25 million steps, longer than the time
-- limit of a statement. Here each entry is found by its index, whatever the planner believes.
--
-- The statements after the lock must see what was committed before it: each of a VOLATILE function
-- has a snapshot of its own in READ COMMITTED. In a stricter isolation level the lock fails instead
-- (40001) if another reader has numbered since the snapshot.
CREATE OR REPLACE FUNCTION number_product_changes() RETURNS BIGINT
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
