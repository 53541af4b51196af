-- FENCE: functions that stand before the scripts which read a fence.
--
-- A fence is a text: the floor; while a lease is held, when it ends (Unix ms) and its token; "-" stands for
-- no floor, and for a lease that ends when the fence does: "7", "- - f00d", "7 1767225600000 f00d".
--
-- Invariant: whatever somebody else puts there is read as a fence without what makes no sense.

-- Answers the floor, the lease's end and the token, as texts; nil for what is no text.
local function parse_fence(fence)
  if type(fence) ~= 'string' then
    return nil
  end
  local floor, lease_end, token = string.match(fence, '^(%S+) ?(%S*) ?(.*)$')
  return tonumber(floor) and floor or '-', lease_end, token
end

local function read_fence(key)
  return parse_fence(redis.pcall('GET', key))
end

-- Leaves the floor of a fence whose lease is over, for as long as it has still to live.
local function end_lease(key, floor)
  if floor == '-' then
    redis.call('DEL', key)
  else
    redis.call('SET', key, floor, 'KEEPTTL')
  end
end
