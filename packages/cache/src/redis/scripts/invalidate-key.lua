-- What INVALIDATE and APPLY share: a version of one key was written to the database.
--
-- Invariant: the floor only rises, so repeated and late calls, in any order, are harmless.

local function invalidate_key(value, fence, version, floor_ttl)
  -- DEL comes first also because Redis lets a script that has freed memory go on when it is full.
  redis.call('DEL', value)

  local floor = redis.pcall('HGET', fence, 'floor')
  if type(floor) == 'table' then
    redis.call('DEL', fence)
    floor = false
  end
  redis.call('HDEL', fence, 'token', 'until')
  if tonumber(version) > (tonumber(floor) or -1) then
    redis.call('HSET', fence, 'floor', version)
  end
  redis.call('PEXPIRE', fence, floor_ttl)
end
