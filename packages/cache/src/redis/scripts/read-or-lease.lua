-- READ-OR-LEASE: what a reader does after a miss. Runs behind fence.lua and take-lease.lua.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  a fresh random token, never used before
-- ARGV[2]  the lease's length in ms
--
-- Result   {'value', text}  the value is there
--          {'leased'}       the caller holds the lease and may fill with its token
--          {'wait'}         another reader holds it
--
-- Invariant: a lease is given only while there is no value.

local text = redis.pcall('GET', KEYS[1])
if type(text) == 'string' then
  return {'value', text}
end
if type(text) == 'table' then
  -- The error WRONGTYPE: not a value, so it makes room for one.
  redis.call('DEL', KEYS[1])
end
return take_lease(KEYS[2], ARGV[1], ARGV[2])
