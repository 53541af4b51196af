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
    local fence = redis.pcall('GET', key)
    local floor, lease_end, token =
      string.match(type(fence) == 'string' and fence or '', '^(%S+) (%d+) (.+)$')
    if token then
      local moved = string.format('%s %.0f %s', floor, lease_end - forward, token)
      redis.call('SET', key, moved, 'KEEPTTL')
    end
  end
end
