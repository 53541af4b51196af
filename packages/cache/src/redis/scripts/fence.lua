-- FENCE: functions for the scripts that read a fence. This file is prepended to them.
--
-- A fence is a text. It holds the floor and, while a lease is held, the end of the lease (Unix ms)
-- and its token. "-" stands for no floor, and for a lease that ends when the fence expires.
-- Examples: "7", "- - f00d", "7 1767225600000 f00d".
--
-- Invariant: any text is read as a fence; invalid parts are ignored. Only the beginning of a text
--            is read, because a long one would block Redis.

local max_fence_bytes = 256

-- Returns the floor, the end of the lease and the token, as texts; nil if there is no text.
local function parse_fence(fence)
  if type(fence) ~= 'string' or fence == '' then
    return nil
  end
  fence = string.sub(fence, 1, max_fence_bytes)
  local floor, lease_end, token = string.match(fence, '^(%S+) ?(%S*) ?(.*)$')
  -- A version has at most 16 digits. tonumber alone would also accept texts such as "0x1" or "nan".
  local is_version = floor and #floor <= 17 and string.find(floor, '^%-?%d+$')
  return is_version and floor or '-', lease_end, token
end

local function read_fence(key)
  return parse_fence(redis.pcall('GETRANGE', key, 0, max_fence_bytes - 1))
end

-- Removes the lease from a fence. Its floor keeps its time to live.
local function end_lease(key, floor)
  if floor == '-' then
    redis.call('DEL', key)
  else
    redis.call('SET', key, floor, 'KEEPTTL')
  end
end
