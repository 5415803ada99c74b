-- ARGV[2] name, ARGV[3] owner, ARGV[4] how long to keep the failure, ARGV[5] failure, ARGV[6] topic.
local record = held(ARGV[2])
if not record or record:sub(1, 32) ~= ARGV[3] then
  return {'refused'}
end
forget(ARGV[2])
if ARGV[4] ~= '0' then
  keep(now + ARGV[4], '!' .. ARGV[2], ARGV[5])
end
redis.call('PUBLISH', ARGV[6], ARGV[2])
return {'released'}
