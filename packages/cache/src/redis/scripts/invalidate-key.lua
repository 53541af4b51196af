-- What INVALIDATE and APPLY share: a version of one key was written to the database. Stands behind fence.lua.
--
-- Invariant: the floor only rises, so repeated and late calls, in any order, are harmless.

local function invalidate_key(value, fence, version, floor_ttl)
  -- DEL is the first to write because Redis lets a script that has freed memory go on when it is full.
  redis.call('DEL', value)
  local before = redis.pcall('SET', fence, version, 'PX', floor_ttl, 'GET')
  if type(before) == 'table' then
    -- The error WRONGTYPE: what is no fence has no floor, and makes room for one.
    redis.call('SET', fence, version, 'PX', floor_ttl)
    return
  end
  local floor = parse_fence(before)
  if (tonumber(floor) or -math.huge) > tonumber(version) then
    redis.call('SET', fence, floor, 'PX', floor_ttl)
  end
end
