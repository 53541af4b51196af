-- INVALIDATE-KEY: a function for INVALIDATE and APPLY, for a version of one key that was written to
-- the database. Uses the functions of fence.lua.
--
-- Invariant: the floor only rises, so that repeated and late calls, in any order, are harmless.

local function invalidate_key(value, fence, version, floor_ttl)
  -- DEL is the first write, because a full Redis lets a script continue that has freed memory.
  redis.call('DEL', value)
  local before = redis.pcall('SET', fence, version, 'PX', floor_ttl, 'GET')
  if type(before) == 'table' then
    -- WRONGTYPE: another program wrote this key, so it has no floor and is replaced.
    redis.call('SET', fence, version, 'PX', floor_ttl)
    return
  end
  local floor = parse_fence(before)
  if (tonumber(floor) or -math.huge) > tonumber(version) then
    redis.call('SET', fence, floor, 'PX', floor_ttl)
  end
end
