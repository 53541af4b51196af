-- READ-OR-LEASE: after a miss, a reader reads the value or takes the lease to fill it. Uses the
-- functions of fence.lua and take-lease.lua.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  a random token that was never used before
-- ARGV[2]  the duration of the lease, in ms
--
-- Result   {'value', text}  there is a value
--          {'leased'}       the caller holds the lease and may fill with its token
--          {'wait'}         another reader holds the lease
--
-- Invariant: a lease is given only while there is no value.

local text = redis.pcall('GET', KEYS[1])
if type(text) == 'string' then
  return {'value', text}
end
if type(text) == 'table' then
  -- WRONGTYPE: another program wrote this key, so it is deleted.
  redis.call('DEL', KEYS[1])
end
return take_lease(KEYS[2], ARGV[1], ARGV[2])
