-- ARGV[2] name, ARGV[3] fence, ARGV[4] topic.
local record = held(ARGV[2])
if not record or record:match('^%x+ (%d+)') ~= ARGV[3] then
  return {'refused'}
end
forget(ARGV[2])
redis.call('PUBLISH', ARGV[4], ARGV[2])
return {'released'}
