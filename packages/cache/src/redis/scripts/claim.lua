-- CLAIM: how each poll of a relay begins.
--
-- KEYS[1]  the claim: the id of the database that the namespace is kept up to date with
-- KEYS[2]  the watermark
-- ARGV[1]  the id of the caller's database
-- ARGV[2]  how long a claim holds without being renewed, in ms
-- ARGV[3]  1 to renew the claim where the caller's database holds it, else 0
--
-- Result   {'held', is_new, watermark}  the caller's database holds the claim; is_new is 1 where nobody
--                                       held it before, else 0; the watermark is nil where there is none
--          {'held-by-other', id}        another database holds it
--
-- Invariant: at any time at most one database holds the claim; only that one applies and clears.

local longest_text = 1024

-- What is no text, or too long for one of ours, was put there by somebody else, and is removed.
local function read_text(key)
  local length = redis.pcall('STRLEN', key)
  if type(length) == 'table' or length > longest_text then
    redis.call('UNLINK', key)
    return false
  end
  return redis.call('GET', key)
end

local owner = read_text(KEYS[1])
if not owner then
  -- DEL comes first because Redis lets a script that has freed memory go on when it is full.
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
elseif (owner == ARGV[1] and ARGV[3] == '1') or redis.call('PTTL', KEYS[1]) == -1 then
  -- A claim without an end, which only a person can have set, gets one.
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
if owner and owner ~= ARGV[1] then
  return {'held-by-other', owner}
end
return {'held', owner and 0 or 1, read_text(KEYS[2])}
