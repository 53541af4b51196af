-- SET-CLOCK: leaves keys as Redis finds them after its own clock was set, without setting it: when
-- the clock goes forward, every time that was stored before comes nearer by as much.
--
-- ARGV[1]     by how many ms the clock goes forward; negative: back
-- ARGV[2...]  the patterns of the keys
--
-- Result      nothing
--
-- Invariant: nothing but ends of lives and of leases changes.

local forward = tonumber(ARGV[1])
for i = 2, #ARGV do
  for _, key in ipairs(redis.call('KEYS', ARGV[i])) do
    local left = redis.call('PTTL', key)
    if left >= 0 then
      -- Deletes the key if no time is left.
      redis.call('PEXPIRE', key, left - forward)
    end
    local lease_end = redis.pcall('HGET', key, 'until')
    if type(lease_end) == 'string' then
      redis.call('HSET', key, 'until', string.format('%.0f', lease_end - forward))
    end
  end
end
