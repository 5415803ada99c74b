-- KEYS[2] leases of the bucket by name, KEYS[3] the times when they end; both also hold failures, as '!' .. name. The leases
-- have the last fence under '', the times have under '!' when both keys end. A lease is 'owner fence lease since progress
-- holder'. Times are microseconds.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local function text(number)
  return string.format('%.0f', number)
end

local function held(name)
  local stop = tonumber(redis.call('ZSCORE', KEYS[3], name) or 0)
  if stop <= now then
    return nil
  end
  return redis.call('HGET', KEYS[2], name), stop
end

local function forget(name)
  redis.call('HDEL', KEYS[2], name)
  redis.call('ZREM', KEYS[3], name)
end

local function keep(stop, ...)
  redis.call('HSET', KEYS[2], ...)
  redis.call('ZADD', KEYS[3], text(stop), (...))
  -- Two hours behind the last use nothing is left, not even the fence; the clock has gone past it by then. To put that off
  -- costs as much as a third of all the rest, so it is done for ten minutes ahead.
  local over = math.max(stop, now) + 7200000000
  if tonumber(redis.call('ZSCORE', KEYS[3], '!') or 0) < over then
    over = over + 600000000
    redis.call('ZADD', KEYS[3], text(over), '!')
    redis.call('PEXPIRE', KEYS[2], text((over - now) / 1000))
    redis.call('PEXPIRE', KEYS[3], text((over - now) / 1000))
  end
end

local function forgetThePast()
  local over = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', text(now), 'LIMIT', 0, 100)
  if over[1] then
    redis.call('HDEL', KEYS[2], unpack(over))
    redis.call('ZREM', KEYS[3], unpack(over))
  end
end
