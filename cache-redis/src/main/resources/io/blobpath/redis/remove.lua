-- Answers what went, and the record that was promoted.
local function change(digest, path)
  if redis.call('ZREM', KEYS[1], digest .. '\1' .. path) == 1 then
    return {'duplicate'}
  end
  if redis.call('ZREM', KEYS[1], digest .. '\0' .. path) == 0 then
    return {'absent'}
  end
  local next = redis.call('ZRANGEBYLEX', KEYS[1], '[' .. digest .. '\1', '(' .. digest .. '\2', 'LIMIT', 0, 1)[1]
  if not next then
    return {'last'}
  end
  -- A script that has written once is not stopped by a full memory, so the promotion cannot fail half-way.
  redis.call('ZREM', KEYS[1], next)
  local promoted = digest .. '\0' .. next:sub(#digest + 2)
  redis.call('ZADD', KEYS[1], 0, promoted)
  return {'promoted', promoted}
end
