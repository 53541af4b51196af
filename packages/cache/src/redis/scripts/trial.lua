-- TRIAL: the commands of all other scripts, tried before Redis is used.
--
-- KEYS[1]  a value that nobody needs
-- KEYS[2]  its fence
-- KEYS[3]  the watermark, and
-- KEYS[4]  the claim, where there are any
--
-- Result   nothing; an error says why Redis cannot be used
--
-- Invariant: nothing is left of the trial, and watermark and claim stay as they are.

-- DEL is the first to write because Redis lets a script that has freed memory go on when it is full.
redis.call('DEL', KEYS[1], KEYS[2])
-- Redis before 6.2 finds a syntax error here.
redis.call('SET', KEYS[2], '-', 'PX', 1, 'GET')
redis.call('PTTL', KEYS[2])
redis.call('PEXPIRE', KEYS[2], 1)
redis.call('TIME')
redis.call('STRLEN', KEYS[1])
redis.call('GETRANGE', KEYS[2], 0, 0)
redis.call('UNLINK', KEYS[2])
if KEYS[3] then
  -- Whatever somebody has put there, CLAIM removes; to read all of it here might take too long.
  redis.pcall('GETRANGE', KEYS[3], 0, 0)
  redis.pcall('GETRANGE', KEYS[4], 0, 0)
end
