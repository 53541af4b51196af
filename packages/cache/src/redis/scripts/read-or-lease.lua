-- READ-OR-LEASE: what a reader does after a miss.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence, a hash of token, until (the lease's end, Unix ms) and floor
-- ARGV[1]  a fresh random token, never used before
-- ARGV[2]  the lease's length in ms
--
-- Result   {'value', text}  the value is there
--          {'leased'}       the caller holds the lease and may fill with its token
--          {'wait'}         another reader holds it
--
-- Invariant: a fence has at most one token, and a new one replaces only a token whose lease ended.

local text = redis.pcall('GET', KEYS[1])
if type(text) == 'string' then
  return {'value', text}
end
if type(text) == 'table' then
  -- The error WRONGTYPE: not a value, so it makes room for one.
  redis.call('DEL', KEYS[1])
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local fence = redis.pcall('HMGET', KEYS[2], 'token', 'until')
if fence.err then
  redis.call('DEL', KEYS[2])
elseif fence[1] and (tonumber(fence[2]) or 0) > now then
  return {'wait'}
end

-- Lua prints large numbers in scientific notation, hence the format.
local lease_end = string.format('%.0f', now + ARGV[2])
redis.call('HSET', KEYS[2], 'token', ARGV[1], 'until', lease_end)
-- A floor may ask for a longer life than the lease does; a new key has none (-1).
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return {'leased'}
