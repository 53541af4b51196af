-- The service merges the parts of the full-text index with statements of a bounded size, see
-- src/search/sqlite-index-statements.ts, instead of FTS5 in the commits that write it.
INSERT INTO "product_search" ("product_search", "rank") VALUES ('automerge', 0);
