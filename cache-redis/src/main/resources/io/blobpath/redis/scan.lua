-- ARGV[2] lower bound, ARGV[3] most digests, ARGV[4] most duplicates of each, ARGV[5] most records to look at.
-- Answers 'more' or 'end', then the records of each digest: the canonical one, and one duplicate more than asked for.
local lengths = {33, 65, 33}
local from, digests, looked = ARGV[2], 0, 0
local answer = {'more'}
while digests < tonumber(ARGV[3]) and looked < tonumber(ARGV[5]) do
  local found = redis.call('ZRANGEBYLEX', KEYS[1], from, '(\255', 'LIMIT', 0, ARGV[4] + 2)
  if not found[1] then
    answer[1] = 'end'
    break
  end
  local length = lengths[found[1]:byte(1)]
  if not length or #found[1] <= length or found[1]:byte(length + 1) ~= 0 then
    return {'foreign'}
  end
  local digest = found[1]:sub(1, length)
  answer[#answer + 1] = found[1]
  for i = 2, #found do
    if found[i]:sub(1, length + 1) ~= digest .. '\1' then
      break
    end
    answer[#answer + 1] = found[i]
  end
  digests, looked = digests + 1, looked + #found
  from = '[' .. digest .. '\2'
end
return answer
