-- DELETE-IF-EQUAL: removes a damaged value that a reader has seen.
--
-- KEYS[1]  the value
-- ARGV[1]  the bytes that were seen
--
-- Result   1  deleted
--          0  something else is there now
--
-- Invariant: a value that was repaired in the meantime stays.

if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
