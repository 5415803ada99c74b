-- KEYS[2] leases of the bucket by name, KEYS[3] the times when they end; both also hold failures, as '!' .. name, and the
-- leases have the last fence under ''. A lease is 'owner fence lease since progress holder'. Times are microseconds.
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

local function keep(name, value, stop)
  redis.call('HSET', KEYS[2], name, value)
  redis.call('ZADD', KEYS[3], text(stop), name)
  -- Two hours behind the last use nothing is left, not even the fence; the clock has gone past it by then.
  local rest = text(math.max(stop - now, 0) / 1000 + 7200000)
  redis.call('PEXPIRE', KEYS[2], rest)
  redis.call('PEXPIRE', KEYS[3], rest)
end

local function forgetThePast()
  local over = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', text(now), 'LIMIT', 0, 100)
  if over[1] then
    redis.call('HDEL', KEYS[2], unpack(over))
    redis.call('ZREM', KEYS[3], unpack(over))
  end
end
