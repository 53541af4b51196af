-- END-LEASE: ends the lease of a fence, if there is one, as if its time were over.
--
-- KEYS[1]  the fence
--
-- Result   nothing
--
-- Invariant: no fence is created.

local floor, lease_end, token =
  string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+) (.+)$')
if lease_end == '-' then
  -- This lease has no end of its own: it ends when its fence expires.
  redis.call('DEL', KEYS[1])
elseif token then
  redis.call('SET', KEYS[1], floor .. ' 0 ' .. token, 'KEEPTTL')
end
