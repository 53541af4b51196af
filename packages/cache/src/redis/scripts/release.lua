-- RELEASE: the holder of a lease has nothing to store. Uses the functions of fence.lua.
--
-- KEYS[1]  the fence
-- ARGV[1]  the token of the lease
--
-- Result   1  the lease was still held, and is now released
--          0  the lease was lost before
--
-- Invariant: only the caller's lease is released.

local floor, _, token = read_fence(KEYS[1])
if token ~= ARGV[1] then
  return 0
end
end_lease(KEYS[1], floor)
return 1
