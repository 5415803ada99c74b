-- Answers whether the path is new, and the canonical record.
local function change(digest, path)
  local canonical = redis.call('ZRANGEBYLEX', KEYS[1], '[' .. digest .. '\0', '(' .. digest .. '\1', 'LIMIT', 0, 1)[1]
  if not canonical then
    canonical = digest .. '\0' .. path
    redis.call('ZADD', KEYS[1], 0, canonical)
    return {'new', canonical}
  end
  if canonical == digest .. '\0' .. path or redis.call('ZADD', KEYS[1], 0, digest .. '\1' .. path) == 0 then
    return {'known', canonical}
  end
  return {'new', canonical}
end
