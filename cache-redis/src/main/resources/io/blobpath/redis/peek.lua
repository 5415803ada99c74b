-- ARGV[2] name.
local record, stop = held(ARGV[2])
if not record then
  return {'absent'}
end
return {'held', record, text(stop), text(stop - now)}
