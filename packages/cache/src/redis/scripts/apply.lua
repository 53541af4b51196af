-- APPLY: a relay applies the changes that follow the watermark in the change log. Uses the
-- functions of fence.lua and invalidate-key.lua.
--
-- KEYS[1]     the claim
-- KEYS[2]     the watermark
-- KEYS[3...]  the value and the fence of each change, in the order of the log
-- ARGV[1]     the id of the relay's database
-- ARGV[2]     the watermark that the relay has read, '' for none
-- ARGV[3]     the watermark after the changes
-- ARGV[4]     the time to live of floors, in ms
-- ARGV[5...]  the version of each change
--
-- Result      1  applied
--             0  refused: the database does not hold the claim, or the watermark has changed
--
-- Invariant: every change up to the watermark was applied to the values and fences in this Redis.
--            They are lost and restored together with the watermark.

if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if (redis.pcall('GET', KEYS[2]) or '') ~= ARGV[2] then
  return 0
end

-- DEL is the first write, because a full Redis lets a script continue that has freed memory.
redis.call('DEL', KEYS[2])
for i = 5, #ARGV do
  local value, fence = KEYS[2 * i - 7], KEYS[2 * i - 6]
  local floor = tonumber((read_fence(fence)))
  -- A floor this high was left by an INVALIDATE of this version or a later one. The present value
  -- was then loaded under a later lease, so it stays.
  if not floor or floor < tonumber(ARGV[i]) then
    invalidate_key(value, fence, ARGV[i], ARGV[4])
  end
end
redis.call('SET', KEYS[2], ARGV[3])
return 1
