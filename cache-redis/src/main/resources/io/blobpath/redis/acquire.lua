-- ARGV[2] digest or '', ARGV[3] most duplicates, ARGV[4] name, ARGV[5] owner, ARGV[6] lease, ARGV[7] since, ARGV[8] holder,
-- ARGV[9] whether to answer a failure. Answers 'held', 'failed', or 'granted' with the fence and the records of the digest.
local name, owner = ARGV[4], ARGV[5]
local record, stop = held(name)
if record and record:sub(1, 32) ~= owner then
  return {'held', record, text(stop), text(stop - now)}
end
local fence
if record then
  fence = record:match('^%x+ (%d+)')
  keep(now + ARGV[6], name, record)
else
  local failure = ARGV[9] == '1' and held('!' .. name)
  if failure then
    return {'failed', failure}
  end
  forgetThePast()
  fence = text(math.max(tonumber(redis.call('HGET', KEYS[2], '') or 0) + 1, now))
  record = owner .. ' ' .. fence .. ' ' .. ARGV[6] .. ' ' .. ARGV[7] .. ' 0 ' .. ARGV[8]
  keep(now + ARGV[6], name, record, '', fence)
end
local answer = {'granted', fence}
local digest = ARGV[2]
if digest ~= '' then
  local canonical = redis.call('ZRANGEBYLEX', KEYS[1], '[' .. digest .. '\0', '(' .. digest .. '\1', 'LIMIT', 0, 1)[1]
  answer[3] = canonical
  if canonical then
    local found = redis.call(
      'ZRANGEBYLEX', KEYS[1], '[' .. digest .. '\1', '(' .. digest .. '\2', 'LIMIT', 0, ARGV[3] + 1)
    for i = 1, #found do
      answer[3 + i] = found[i]
    end
  end
end
return answer
