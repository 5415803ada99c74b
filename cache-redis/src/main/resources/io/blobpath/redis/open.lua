-- KEYS[1] records of the bucket; ARGV[1] the stamp to write if there is none. Answers the stamp that is there now.
local stamp = redis.call('ZRANGEBYLEX', KEYS[1], '[\255', '+', 'LIMIT', 0, 1)[1]
if stamp then
  return {'found', stamp}
end
if redis.call('EXISTS', KEYS[1]) == 1 then
  return {'foreign'}
end
redis.call('ZADD', KEYS[1], 0, ARGV[1])
return {'new', ARGV[1]}
