-- INVALIDATE: a version was written to the database.
--
-- KEYS[1]  the value
-- KEYS[2]  its fence
-- ARGV[1]  the written version
-- ARGV[2]  how long the floor is remembered, in ms
--
-- Result   nothing
--
-- Invariant: the floor only rises, so repeated and late calls, in any order, are harmless.

-- DEL comes first also because Redis lets a script that has freed memory go on when it is full.
redis.call('DEL', KEYS[1])

local floor = redis.pcall('HGET', KEYS[2], 'floor')
if type(floor) == 'table' then
  redis.call('DEL', KEYS[2])
  floor = false
end
redis.call('HDEL', KEYS[2], 'token', 'until')
if tonumber(ARGV[1]) > (tonumber(floor) or -1) then
  redis.call('HSET', KEYS[2], 'floor', ARGV[1])
end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
