-- LEASE-TO-REFRESH: what a reader does, after its answer, when a hit is about to expire. Runs
-- behind fence.lua and take-lease.lua.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  a fresh random token, never used before
-- ARGV[2]  the lease's length in ms
-- ARGV[3]  how near the value's end has to be, in ms
--
-- Result   {'leased'}     the caller holds the lease and may fill with its token
--          {'wait'}       another reader holds it
--          {'fresh', ms}  the value lives for longer than that; -1: it never expires
--          {'absent'}     there is no value
--
-- Invariant: the value stays and is served until the fill; an INVALIDATE takes this lease as any other.

local left = redis.call('PTTL', KEYS[1])
if left == -2 then
  return {'absent'}
end
if left == -1 or left > tonumber(ARGV[3]) then
  return {'fresh', left}
end
return take_lease(KEYS[2], ARGV[1], ARGV[2])
