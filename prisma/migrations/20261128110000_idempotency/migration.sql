-- The outcome of every write with an idempotency key, inserted in the transaction of the write. A
-- record exists if and only if its write was committed, so a crash leaves nothing in progress.

-- CreateTable
CREATE TABLE "idempotency_records" (
    -- In the order of the inserts: pruning needs neither an index on the time nor a count.
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,

    CONSTRAINT "idempotency_records_key_has_1_to_255_characters" CHECK (
        typeof("key") = 'text'
        AND length("key") BETWEEN 1 AND 255
    ),
    CONSTRAINT "idempotency_records_created_at_is_an_integer" CHECK (
        typeof("created_at") = 'integer'
    )
);

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_records_scope_key_key" ON "idempotency_records"("scope", "key");
