-- SET-CLOCK: has the effect of setting the clock of Redis forward, without setting it: moves every
-- stored time back by as much.
--
-- ARGV[1]     how far the clock is set forward, in ms; back if negative
-- ARGV[2...]  the patterns of the keys
--
-- Result      nothing
--
-- Invariant: only the expiry of keys and the end of leases change.

local forward = tonumber(ARGV[1])
for i = 2, #ARGV do
  for _, key in ipairs(redis.call('KEYS', ARGV[i])) do
    local left = redis.call('PTTL', key)
    if left >= 0 then
      -- PEXPIRE deletes the key if no time is left.
      redis.call('PEXPIRE', key, left - forward)
    end
    local fence = redis.pcall('GET', key)
    local floor, lease_end, token =
      string.match(type(fence) == 'string' and fence or '', '^(%S+) (%d+) (.+)$')
    if token then
      local moved = string.format('%s %.0f %s', floor, lease_end - forward, token)
      redis.call('SET', key, moved, 'KEEPTTL')
    end
  end
end
