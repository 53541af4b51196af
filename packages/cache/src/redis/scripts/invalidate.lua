-- INVALIDATE: a writer has committed a version to the database. Uses the functions of fence.lua and
-- invalidate-key.lua.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  the written version
-- ARGV[2]  the time to live of the floor, in ms
--
-- Result   nothing
--
-- Invariant: a value that was loaded before the call is never stored after it. The watermark does
--            not move: only the order of the log shows that all previous changes were applied too.

invalidate_key(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
