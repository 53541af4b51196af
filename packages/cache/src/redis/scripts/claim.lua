-- CLAIM: a relay begins a poll. It takes or renews its database's claim, and reads the watermark.
--
-- KEYS[1]  the claim: the id of the database that the namespace belongs to
-- KEYS[2]  the watermark
-- ARGV[1]  the id of the caller's database
-- ARGV[2]  the time for which a claim holds without being renewed, in ms
-- ARGV[3]  1 to renew the claim if the caller's database holds it, else 0
--
-- Result   {'held', is_new, watermark}  the caller's database holds the claim; is_new is 1 if
--                                       nobody held it before, else 0; the watermark is nil if
--                                       there is none
--          {'held-by-other', id}        another database holds it
--
-- Invariant: at most one database holds the claim at any time, and only that one applies and
--            clears.

local max_text_bytes = 1024

-- Reads a text. Another type, or a text that is too long, was written by another program and is
-- removed.
local function read_text(key)
  local length = redis.pcall('STRLEN', key)
  if type(length) == 'table' or length > max_text_bytes then
    redis.call('UNLINK', key)
    return false
  end
  return redis.call('GET', key)
end

local owner = read_text(KEYS[1])
if not owner then
  -- DEL is the first write, because a full Redis lets a script continue that has freed memory.
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
elseif (owner == ARGV[1] and ARGV[3] == '1') or redis.call('PTTL', KEYS[1]) == -1 then
  -- A claim without an expiry, which only a person can have set, gets one.
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
if owner and owner ~= ARGV[1] then
  return {'held-by-other', owner}
end
return {'held', owner and 0 or 1, read_text(KEYS[2])}
