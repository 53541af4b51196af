-- APPLY: a relay has read what follows the watermark in the change log. Runs behind fence.lua
-- and invalidate-key.lua.
--
-- KEYS[1]     the watermark
-- KEYS[2...]  the value and the fence of each change, in the log's order
-- ARGV[1]     the watermark that the relay saw, '' for none
-- ARGV[2]     the watermark after the changes
-- ARGV[3]     how long floors are remembered, in ms
-- ARGV[4...]  the version of each change
--
-- Result      1  applied
--             0  refused: the watermark is another one
--
-- Invariant: every change up to the watermark has been applied to the data beside it, which is lost
--            and restored together with it.

if (redis.pcall('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 0
end

-- DEL comes first because Redis lets a script that has freed memory go on when it is full.
redis.call('DEL', KEYS[1])
for i = 4, #ARGV do
  local value, fence = KEYS[2 * i - 6], KEYS[2 * i - 5]
  local floor = tonumber((read_fence(fence)))
  -- A floor this high was left by an INVALIDATE of this or a later version: what is there now was
  -- loaded under a lease from after it.
  if not floor or floor < tonumber(ARGV[i]) then
    invalidate_key(value, fence, ARGV[i], ARGV[3])
  end
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
