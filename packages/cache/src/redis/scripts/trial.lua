-- TRIAL: runs the commands of all other scripts once, before Redis is used.
--
-- KEYS[1]  the value of a key that is not used for anything else
-- KEYS[2]  its fence
-- KEYS[3]  the watermark (optional, with KEYS[4])
-- KEYS[4]  the claim
-- KEYS[5]  a token bucket (optional)
--
-- Result   nothing; an error says why Redis cannot be used
--
-- Invariant: the trial leaves no keys behind, and does not change the watermark or the claim.

-- DEL is the first write, because a full Redis lets a script continue that has freed memory.
redis.call('DEL', KEYS[1], KEYS[2])
-- Redis before 6.2 replies with a syntax error here.
redis.call('SET', KEYS[2], '-', 'PX', 1, 'GET')
redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], 1)
redis.call('TIME')
redis.call('STRLEN', KEYS[1])
redis.call('GETRANGE', KEYS[2], 0, 0)
redis.call('UNLINK', KEYS[2])
if KEYS[3] then
  -- No bytes are read, because another program may have written a long text. CLAIM removes such a
  -- text.
  redis.pcall('GETRANGE', KEYS[3], 0, 0)
  redis.pcall('GETRANGE', KEYS[4], 0, 0)
end
if KEYS[5] then
  redis.pcall('GETRANGE', KEYS[5], 0, 0)
end
