-- INVALIDATE: a version was written to the database. Runs behind fence.lua and
-- invalidate-key.lua.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  the written version
-- ARGV[2]  how long the floor is remembered, in ms
--
-- Result   nothing
--
-- Invariant: what a reader loaded before the call is never stored after it. The watermark stays: only
--            the log's order tells that everything before a change was applied as well.

invalidate_key(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
