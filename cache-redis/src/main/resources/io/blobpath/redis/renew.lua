-- ARGV[2] name, ARGV[3] owner, ARGV[4] lease, ARGV[5] progress.
local record = held(ARGV[2])
if not record or record:sub(1, 32) ~= ARGV[3] then
  return {'refused'}
end
local fence, since, holder = record:match('^%x+ (%d+) %d+ (%-?%d+) %-?%d+ (.*)$')
keep(now + ARGV[4], ARGV[2], ARGV[3] .. ' ' .. fence .. ' ' .. ARGV[4] .. ' ' .. since .. ' ' .. ARGV[5] .. ' ' .. holder)
return {'renewed'}
