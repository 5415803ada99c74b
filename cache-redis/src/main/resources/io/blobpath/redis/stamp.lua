-- KEYS[1] records of the bucket; ARGV[1] the stamp that this handle found when it opened the store.
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return {'lost'}
end
