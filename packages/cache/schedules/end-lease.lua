-- END-LEASE: the time of the lease that is held, if one is, is over.
--
-- KEYS[1]  the fence
--
-- Result   nothing
--
-- Invariant: no fence is made.

if redis.call('HEXISTS', KEYS[1], 'token') == 1 then
  redis.call('HSET', KEYS[1], 'until', 0)
end
