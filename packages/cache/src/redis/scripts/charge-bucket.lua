-- CHARGE-BUCKET: takes units from a token bucket.
--
-- KEYS[1]  the bucket: the time (Unix µs) at which it is full again; absent while it is full
-- ARGV[1]  the microseconds in which one unit is refilled; may have a fraction
-- ARGV[2]  the units of a full bucket
-- ARGV[3]  units that were taken already, which may leave the bucket below zero
-- ARGV[4]  units to take only if the bucket has them; 0 for none
--
-- Result   1 if the units of ARGV[4] were taken, else 0; then the units that are left, as a text
--
-- Invariant: any content is read as a bucket. One that is fuller than full is full, and one that
--            lacks more than two fillings, for example because the limit was raised, lacks two.

local refill_us, capacity = tonumber(ARGV[1]), tonumber(ARGV[2])
local spent, asked = tonumber(ARGV[3]), tonumber(ARGV[4])

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local stored = redis.pcall('GET', KEYS[1])
local full_at = type(stored) == 'string' and tonumber(stored) or now
-- The comparison is false for "nan" too.
if not (full_at > now) then
  full_at = now
end
full_at = math.min(full_at, now + 2 * capacity * refill_us) + spent * refill_us

-- Rounding to microseconds must not refuse the last unit.
local slack = 0.001
local left = capacity - (full_at - now) / refill_us
local taken = 0
if asked > 0 and left + slack >= asked then
  taken = 1
  left = left - asked
  full_at = full_at + asked * refill_us
end

if full_at > now then
  local ttl_ms = math.ceil((full_at - now) / 1000)
  redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', ttl_ms)
end
return { taken, string.format('%.3f', left) }
