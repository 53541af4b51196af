-- TAKE-LEASE: a function for the scripts that give a lease. Uses the functions of fence.lua.
--
-- Result   {'leased'}  the fence now has the caller's token
--          {'wait'}    the fence has another reader's token
--
-- Invariant: a fence has at most one token. A new token replaces another one only if its lease has
--            ended, or would end later than a new lease, which happens after the clock was set
--            back.

local function take_lease(fence_key, token, lease_ms)
  -- Usually there is no fence, and this call is enough.
  if redis.call('SET', fence_key, '- - ' .. token, 'NX', 'PX', lease_ms) then
    return {'leased'}
  end

  local floor, lease_end, held = read_fence(fence_key)
  local ttl = redis.call('PTTL', fence_key)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local left = lease_end == '-' and ttl or (tonumber(lease_end) or 0) - now
  if held and held ~= '' and left > 0 and left <= tonumber(lease_ms) then
    return {'wait'}
  end

  -- The format is needed because Lua prints large numbers in scientific notation. A floor may have
  -- to live longer than the lease.
  local fence = string.format('%s %.0f %s', floor or '-', now + lease_ms, token)
  redis.call('SET', fence_key, fence, 'PX', math.max(ttl, lease_ms))
  return {'leased'}
end
