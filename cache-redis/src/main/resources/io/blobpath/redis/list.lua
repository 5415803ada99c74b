-- ARGV[2] the name behind which to go on, ARGV[3] how many. Answers name, record, end and remaining time of each lease.
forgetThePast()
local names = {}
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. text(now), '+inf')) do
  if name > ARGV[2] and name:sub(1, 1) ~= '!' then
    names[#names + 1] = name
  end
end
table.sort(names)
local answer = {'leases'}
for i = 1, math.min(#names, tonumber(ARGV[3])) do
  local record, stop = held(names[i])
  if record then
    answer[#answer + 1] = names[i]
    answer[#answer + 1] = record
    answer[#answer + 1] = text(stop)
    answer[#answer + 1] = text(stop - now)
  end
end
return answer
