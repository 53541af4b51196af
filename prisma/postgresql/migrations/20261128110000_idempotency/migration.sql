-- The outcome of every write with an idempotency key, inserted in the transaction of the write. A
-- record exists if and only if its write was committed, so a crash leaves nothing in progress.

-- CreateTable
CREATE TABLE "idempotency_records" (
    -- Nearly in the order of the inserts: pruning needs neither an index on the time nor a count.
    "number" BIGSERIAL NOT NULL,
    -- COLLATE "C": every server sorts the keys of a batch in the same order.
    "scope" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "idempotency_records_key_has_1_to_255_characters" CHECK (
        char_length("key") BETWEEN 1 AND 255
    ),
    CONSTRAINT "idempotency_records_created_at_is_finite" CHECK (
        isfinite("created_at")
    )
);

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_records_scope_key_key" ON "idempotency_records"("scope", "key");
