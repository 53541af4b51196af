-- APPLY: a relay has read what follows the watermark in the change log. Runs behind fence.lua
-- and invalidate-key.lua.
--
-- KEYS[1]     the claim
-- KEYS[2]     the watermark
-- KEYS[3...]  the value and the fence of each change, in the log's order
-- ARGV[1]     the id of the relay's database
-- ARGV[2]     the watermark that the relay saw, '' for none
-- ARGV[3]     the watermark after the changes
-- ARGV[4]     how long floors are remembered, in ms
-- ARGV[5...]  the version of each change
--
-- Result      1  applied
--             0  refused: the claim is not the database's, or the watermark is another one
--
-- Invariant: every change up to the watermark has been applied to the data beside it, which is lost
--            and restored together with it.

if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if (redis.pcall('GET', KEYS[2]) or '') ~= ARGV[2] then
  return 0
end

-- DEL comes first because Redis lets a script that has freed memory go on when it is full.
redis.call('DEL', KEYS[2])
for i = 5, #ARGV do
  local value, fence = KEYS[2 * i - 7], KEYS[2 * i - 6]
  local floor = tonumber((read_fence(fence)))
  -- A floor this high was left by an INVALIDATE of this or a later version: what is there now was
  -- loaded under a lease from after it.
  if not floor or floor < tonumber(ARGV[i]) then
    invalidate_key(value, fence, ARGV[i], ARGV[4])
  end
end
redis.call('SET', KEYS[2], ARGV[3])
return 1
