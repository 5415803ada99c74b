-- ARGV[2] digest, ARGV[3] path. Answers whether the path is recorded, and so is canonical now.
local digest, path = ARGV[2], ARGV[3]
if redis.call('ZSCORE', KEYS[1], digest .. '\0' .. path) then
  return {'canonical'}
end
if redis.call('ZREM', KEYS[1], digest .. '\1' .. path) == 0 then
  return {'absent'}
end
local before = redis.call('ZRANGEBYLEX', KEYS[1], '[' .. digest .. '\0', '(' .. digest .. '\1', 'LIMIT', 0, 1)[1]
if before then
  redis.call('ZREM', KEYS[1], before)
  redis.call('ZADD', KEYS[1], 0, digest .. '\1' .. before:sub(#digest + 2))
end
redis.call('ZADD', KEYS[1], 0, digest .. '\0' .. path)
return {'canonical'}
