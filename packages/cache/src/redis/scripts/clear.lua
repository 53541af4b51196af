-- CLEAR: a relay has found data that the change log cannot bring up to date; one batch of many.
--
-- KEYS[1]     the watermark
-- KEYS[2...]  values or fences
-- ARGV[1]     the watermark that the relay saw, or what its batch before this one left; '' for none
-- ARGV[2]     what this batch leaves instead: the clearing's id and the batch's number
--
-- Result      1  deleted
--             0  refused: the watermark is another one
--
-- Invariant: a batch is deleted only from the data that all batches before it were deleted from, so
--            neither two relays nor a failover can end a clearing that is not complete.

if (redis.pcall('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 0
end
for i = 2, #KEYS do
  redis.call('UNLINK', KEYS[i])
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
