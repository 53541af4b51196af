-- DELETE-IF-EQUAL: a reader removes an invalid value that it has read.
--
-- KEYS[1]  the value
-- ARGV[1]  the bytes that were read
--
-- Result   1  deleted
--          0  the value has changed or is gone
--
-- Invariant: a value that was replaced meanwhile stays.

if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
