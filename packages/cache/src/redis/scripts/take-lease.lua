-- TAKE-LEASE: a function that stands before the scripts which hand out a lease, and behind fence.lua.
--
-- Result   {'leased'}  the fence has the caller's token now
--          {'wait'}    another reader's token is there
--
-- Invariant: a fence has at most one token, and a new one replaces only a token whose lease ended or
--            would end later than one that begins now, since the clock was set back.

local function take_lease(fence_key, token, lease_ms)
  -- Usually there is no fence, and this one call is all.
  if redis.call('SET', fence_key, '- - ' .. token, 'NX', 'PX', lease_ms) then
    return {'leased'}
  end

  local floor, lease_end, held = read_fence(fence_key)
  local life = redis.call('PTTL', fence_key)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local left = lease_end == '-' and life or (tonumber(lease_end) or 0) - now
  if held and held ~= '' and left > 0 and left <= tonumber(lease_ms) then
    return {'wait'}
  end

  -- Lua prints large numbers in scientific notation, hence the format. A floor may ask for a longer
  -- life than the lease does.
  local fence = string.format('%s %.0f %s', floor or '-', now + lease_ms, token)
  redis.call('SET', fence_key, fence, 'PX', math.max(life, lease_ms))
  return {'leased'}
end
