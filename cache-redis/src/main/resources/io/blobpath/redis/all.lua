-- ARGV[2] digest, ARGV[3] path, and so on. Answers two words for each: what the change answers.
local answers = {'all'}
for i = 2, #ARGV, 2 do
  local answer = change(ARGV[i], ARGV[i + 1])
  answers[i] = answer[1]
  answers[i + 1] = answer[2] or ''
end
return answers
