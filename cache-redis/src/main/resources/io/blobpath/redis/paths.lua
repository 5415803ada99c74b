-- ARGV[2] digest, ARGV[3] lower bound of the duplicates, ARGV[4] how many. Answers the canonical record, then duplicates.
local digest = ARGV[2]
local canonical = redis.call('ZRANGEBYLEX', KEYS[1], '[' .. digest .. '\0', '(' .. digest .. '\1', 'LIMIT', 0, 1)[1]
if not canonical then
  return {'absent'}
end
local found = redis.call('ZRANGEBYLEX', KEYS[1], ARGV[3], '(' .. digest .. '\2', 'LIMIT', 0, ARGV[4])
table.insert(found, 1, canonical)
table.insert(found, 1, 'paths')
return found
