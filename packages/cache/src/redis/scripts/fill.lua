-- FILL: the holder of a lease stores the value that it has loaded. Uses the functions of fence.lua.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  the token of the lease
-- ARGV[2]  the text of the value
-- ARGV[3]  the version of the loaded value
-- ARGV[4]  the time to live of the value, in ms
--
-- Result   1  stored
--          0  refused: the lease is lost, or the version is below the floor
--
-- Invariant: a value is stored only if no INVALIDATE came between its lease and its fill.

local floor, _, token = read_fence(KEYS[2])
if token ~= ARGV[1] then
  return 0
end

local fresh = tonumber(ARGV[3]) >= (tonumber(floor) or -math.huge)
if fresh then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
end
end_lease(KEYS[2], floor)
return fresh and 1 or 0
