-- What INVALIDATE and APPLY share: a version of one key was written to the database.
--
-- Invariant: the floor only rises, so repeated and late calls, in any order, are harmless.

local function invalidate_key(value, fence, version, floor_ttl)
  -- What is no fence (the error WRONGTYPE) has no floor, and goes with the token.
  local floor = redis.pcall('HGET', fence, 'floor')
  -- DEL is the first to write also because Redis lets a script that has freed memory go on when it is full.
  redis.call('DEL', value, fence)
  if type(floor) ~= 'string' or (tonumber(floor) or -1) < tonumber(version) then
    floor = version
  end
  redis.call('HSET', fence, 'floor', floor)
  redis.call('PEXPIRE', fence, floor_ttl)
end
