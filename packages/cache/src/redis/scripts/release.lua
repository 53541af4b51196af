-- RELEASE: the holder of the lease has nothing to fill with. Runs behind fence.lua.
--
-- KEYS[1]  the fence
-- ARGV[1]  the token of the lease
--
-- Result   1  the lease was still held, and is released
--          0  it was lost before
--
-- Invariant: nobody's lease but the caller's is touched.

local floor, _, token = read_fence(KEYS[1])
if token ~= ARGV[1] then
  return 0
end
end_lease(KEYS[1], floor)
return 1
