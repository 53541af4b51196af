-- TAKE-LEASE: a function that stands before the scripts which hand out a lease.
--
-- Result   {'leased'}  the fence has the caller's token now
--          {'wait'}    another reader's token is there
--
-- Invariant: a fence has at most one token, and a new one replaces only a token whose lease ended or
--            would end later than one that begins now, since the clock was set back.

local function take_lease(fence_key, token, lease_ms)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)

  local fence = redis.pcall('HMGET', fence_key, 'token', 'until', 'floor')
  if fence.err then
    -- The error WRONGTYPE: not a fence, so it makes room for one.
    redis.call('DEL', fence_key)
  elseif fence[1] then
    local left = (tonumber(fence[2]) or 0) - now
    if left > 0 and left <= tonumber(lease_ms) then
      return {'wait'}
    end
  end

  -- Lua prints large numbers in scientific notation, hence the format.
  local lease_end = string.format('%.0f', now + lease_ms)
  redis.call('HSET', fence_key, 'token', token, 'until', lease_end)
  -- A floor may ask for a longer life than the lease does.
  if not fence[3] or redis.call('PTTL', fence_key) < tonumber(lease_ms) then
    redis.call('PEXPIRE', fence_key, lease_ms)
  end
  return {'leased'}
end
