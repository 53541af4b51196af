-- RELEASE: the holder of the lease has nothing to fill with.
--
-- KEYS[1]  the fence
-- ARGV[1]  the token of the lease
--
-- Result   1  the lease was still held, and is released
--          0  it was lost before
--
-- Invariant: nobody's lease but the caller's is touched.

local token = redis.pcall('HGET', KEYS[1], 'token')
if token ~= ARGV[1] then
  return 0
end
redis.call('HDEL', KEYS[1], 'token', 'until')
return 1
