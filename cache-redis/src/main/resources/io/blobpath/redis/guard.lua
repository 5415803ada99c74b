-- ARGV[4] name of the lease, ARGV[5] owner.
local record = held(ARGV[4])
if not record or record:sub(1, 32) ~= ARGV[5] then
  return {'refused'}
end
