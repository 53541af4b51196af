-- END-LEASE: the time of the lease that is held, if one is, is over.
--
-- KEYS[1]  the fence
--
-- Result   nothing
--
-- Invariant: no fence is made.

local floor, lease_end, token =
  string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+) (.+)$')
if lease_end == '-' then
  -- Such a lease ends with its fence.
  redis.call('DEL', KEYS[1])
elseif token then
  redis.call('SET', KEYS[1], floor .. ' 0 ' .. token, 'KEEPTTL')
end
