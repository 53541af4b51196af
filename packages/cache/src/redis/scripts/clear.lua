-- CLEAR: a relay deletes one batch of the keys that the change log cannot bring up to date.
--
-- KEYS[1]     the claim
-- KEYS[2]     the watermark
-- KEYS[3...]  values or fences; none in the first batch, which only sets the mark
-- ARGV[1]     the id of the relay's database
-- ARGV[2]     the time for which the claim holds without being renewed, in ms
-- ARGV[3]     the watermark that the relay has read, or the mark of its previous batch; '' for none
-- ARGV[4]     the mark that replaces it: the clearing's id and the number of this batch
--
-- Result      1  deleted
--             0  refused: the database does not hold the claim, or the watermark has changed
--
-- Invariant: a batch is deleted only from data from which all previous batches were deleted. So
--            neither two relays nor a failover can complete a clearing that has gaps.

if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if (redis.pcall('GET', KEYS[2]) or '') ~= ARGV[3] then
  return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for i = 3, #KEYS do
  redis.call('UNLINK', KEYS[i])
end
redis.call('SET', KEYS[2], ARGV[4])
return 1
