-- ARGV[2] digest, ARGV[3] path. Answers what the change answers.
return change(ARGV[2], ARGV[3])
