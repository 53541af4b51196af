-- The API keys. Every process holds all of them in memory and reads them again when their version
-- differs: a random text that each change of the table replaces, whoever makes it.

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME,

    CONSTRAINT "api_keys_id_has_12_letters_and_digits" CHECK (
        typeof("id") = 'text'
        AND length("id") = 12
        AND "id" NOT GLOB '*[^0-9A-Za-z]*'
    ),
    CONSTRAINT "api_keys_hash_is_a_sha_256_in_base64url" CHECK (
        typeof("hash") = 'text'
        AND length("hash") = 43
        AND "hash" NOT GLOB '*[^0-9A-Za-z_-]*'
    ),
    CONSTRAINT "api_keys_name_has_1_to_100_characters" CHECK (
        typeof("name") = 'text'
        AND length("name") BETWEEN 1 AND 100
        AND instr("name", char(0)) = 0
    ),
    CONSTRAINT "api_keys_scopes_are_words" CHECK (
        typeof("scopes") = 'text'
        AND length("scopes") BETWEEN 1 AND 1000
        AND "scopes" NOT GLOB '*[^a-z:_ -]*'
    ),
    CONSTRAINT "api_keys_created_at_has_a_year_of_four_digits" CHECK (
        typeof("created_at") = 'integer'
        AND "created_at" BETWEEN -62135596800000 AND 253402300799999
    ),
    CONSTRAINT "api_keys_expires_at_has_a_year_of_four_digits" CHECK (
        "expires_at" IS NULL
        OR (
            typeof("expires_at") = 'integer'
            AND "expires_at" BETWEEN -62135596800000 AND 253402300799999
        )
    )
);

INSERT INTO "metadata" ("key", "value") VALUES ('api_keys_version', lower(hex(randomblob(16))));

-- CreateTrigger
CREATE TRIGGER "api_keys_version_insert"
AFTER INSERT ON "api_keys"
BEGIN
    UPDATE "metadata" SET "value" = lower(hex(randomblob(16))) WHERE "key" = 'api_keys_version';
END;

-- CreateTrigger
CREATE TRIGGER "api_keys_version_update"
AFTER UPDATE ON "api_keys"
BEGIN
    UPDATE "metadata" SET "value" = lower(hex(randomblob(16))) WHERE "key" = 'api_keys_version';
END;

-- CreateTrigger
CREATE TRIGGER "api_keys_version_delete"
AFTER DELETE ON "api_keys"
BEGIN
    UPDATE "metadata" SET "value" = lower(hex(randomblob(16))) WHERE "key" = 'api_keys_version';
END;
