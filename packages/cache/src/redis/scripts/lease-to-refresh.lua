-- LEASE-TO-REFRESH: after a hit that is about to expire, a reader takes the lease to replace it, in
-- the background. Uses the functions of fence.lua and take-lease.lua.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  a random token that was never used before
-- ARGV[2]  the duration of the lease, in ms
-- ARGV[3]  the lease is given only if the value expires within this time, in ms
--
-- Result   {'leased'}     the caller holds the lease and may fill with its token
--          {'wait'}       another reader holds the lease
--          {'fresh', ms}  the value expires later, after ms; -1: it never expires
--          {'absent'}     there is no value
--
-- Invariant: the value is served until the fill. An INVALIDATE revokes this lease like any other.

local left = redis.call('PTTL', KEYS[1])
if left == -2 then
  return {'absent'}
end
if left == -1 or left > tonumber(ARGV[3]) then
  return {'fresh', left}
end
return take_lease(KEYS[2], ARGV[1], ARGV[2])
