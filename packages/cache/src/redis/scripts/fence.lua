-- FENCE: functions that stand before the scripts which read a fence.
--
-- A fence is a text: the floor; while a lease is held, when it ends (Unix ms) and its token; "-" stands for
-- no floor, and for a lease that ends when the fence does: "7", "- - f00d", "7 1767225600000 f00d".
--
-- Invariant: whatever somebody else puts there is read as a fence without what makes no sense. Only its
--            beginning is read, as a long text would hold up Redis.

local longest_fence = 256

-- Answers the floor, the lease's end and the token, as texts; nil for what is no text, and for none.
local function parse_fence(fence)
  if type(fence) ~= 'string' or fence == '' then
    return nil
  end
  fence = string.sub(fence, 1, longest_fence)
  local floor, lease_end, token = string.match(fence, '^(%S+) ?(%S*) ?(.*)$')
  -- A version has 16 digits at most. To tonumber, some bytes that are not digits are a number too.
  local is_version = floor and #floor <= 17 and string.find(floor, '^%-?%d+$')
  return is_version and floor or '-', lease_end, token
end

local function read_fence(key)
  return parse_fence(redis.pcall('GETRANGE', key, 0, longest_fence - 1))
end

-- Leaves the floor of a fence whose lease is over, for as long as it has still to live.
local function end_lease(key, floor)
  if floor == '-' then
    redis.call('DEL', key)
  else
    redis.call('SET', key, floor, 'KEEPTTL')
  end
end
