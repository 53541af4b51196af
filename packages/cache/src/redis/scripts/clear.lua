-- CLEAR: a relay has found data that the change log cannot bring up to date; one batch of many.
--
-- KEYS[1]     the claim
-- KEYS[2]     the watermark
-- KEYS[3...]  values or fences; none in the first batch, which only marks the namespace
-- ARGV[1]     the id of the relay's database
-- ARGV[2]     how long the claim holds without being renewed, in ms
-- ARGV[3]     the watermark that the relay saw, or what its batch before this one left; '' for none
-- ARGV[4]     what this batch leaves instead: the clearing's id and the batch's number
--
-- Result      1  deleted
--             0  refused: the claim is not the database's, or the watermark is another one
--
-- Invariant: a batch is deleted only from the data that all batches before it were deleted from, so
--            neither two relays nor a failover can end a clearing that is not complete.

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
