-- The API keys. Every process holds all of them in memory and reads them again when their version
-- differs: a random text that each change of the table replaces, whoever makes it.

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_keys_id_has_12_letters_and_digits" CHECK ("id" ~ '^[0-9A-Za-z]{12}$'),
    CONSTRAINT "api_keys_hash_is_a_sha_256_in_base64url" CHECK ("hash" ~ '^[0-9A-Za-z_-]{43}$'),
    CONSTRAINT "api_keys_name_has_1_to_100_characters" CHECK (
        char_length("name") BETWEEN 1 AND 100
    ),
    CONSTRAINT "api_keys_scopes_are_words" CHECK (
        char_length("scopes") <= 1000
        AND "scopes" ~ '^[a-z:_ -]+$'
    ),
    CONSTRAINT "api_keys_created_at_has_a_year_of_four_digits" CHECK (
        "created_at" BETWEEN '0001-01-01Z' AND '9999-12-31 23:59:59.999Z'
    ),
    CONSTRAINT "api_keys_expires_at_has_a_year_of_four_digits" CHECK (
        "expires_at" BETWEEN '0001-01-01Z' AND '9999-12-31 23:59:59.999Z'
    )
);

INSERT INTO "metadata" ("key", "value") VALUES ('api_keys_version', gen_random_uuid()::text);

-- CreateFunction: the row of the version stays locked until the commit, so that the changes of
-- several transactions become visible one after another.
CREATE FUNCTION api_keys_version() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE metadata SET value = gen_random_uuid()::text WHERE key = 'api_keys_version';
    RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER "api_keys_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "api_keys"
FOR EACH STATEMENT EXECUTE FUNCTION api_keys_version();

-- Also in a session with session_replication_role = replica, as the triggers of the change log.
ALTER TABLE "api_keys" ENABLE ALWAYS TRIGGER "api_keys_version";
