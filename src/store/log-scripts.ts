/** Counting a batch of a log, as one step in Redis. KEYS[1] is the ledger's base. */
import { PLACE } from './place-script.js';

/**
 * Counts a batch once. ARGV[1] is JSON, see `applyLogBatch`.
 * @returns `[answer, …ids of the errors]`; the answer is `ok`, `known` (all of it was counted before), `overlap` (a part was)
 * or `unannounced`; nothing is written but with `ok`
 */
export const APPLY = `
local base = KEYS[1] .. ':'
local q = cjson.decode(ARGV[1])
local log = base .. 'log:' .. q.log
local from, to = q.fromByte, q.toByte
local function whole(n) return string.format('%.0f', n) end
local mark = tonumber(redis.call('HGET', log, 'w') or nil)
if not mark then return { 'unannounced' } end
if to <= mark then return { 'known' } end
if from < mark then return { 'overlap' } end
local ranges = log .. ':r'
local function range(text)
  local a, b = string.match(text or '', '^(%d+)%-(%d+)$')
  return tonumber(a), tonumber(b)
end
local left = redis.call('ZREVRANGEBYSCORE', ranges, whole(from), '-inf', 'LIMIT', 0, 1)[1]
local right = redis.call('ZRANGEBYSCORE', ranges, '(' .. whole(from), '+inf', 'LIMIT', 0, 1)[1]
local a, b = range(left)
local c, d = range(right)
if b and b >= to then return { 'known' } end
if (b and b > from) or (c and c < to) then return { 'overlap' } end
if b == from then redis.call('ZREM', ranges, left) from = a end
if c == to then redis.call('ZREM', ranges, right) to = d end
if from == mark then
  redis.call('HSET', log, 'w', whole(to))
else
  redis.call('ZADD', ranges, whole(from), whole(from) .. '-' .. whole(to))
  -- Holes that are never filled: of too many the first counts as read.
  if redis.call('ZCARD', ranges) > q.mostRanges then
    local first = redis.call('ZRANGE', ranges, 0, 0)[1]
    local _, past = range(first)
    redis.call('ZREM', ranges, first)
    redis.call('HSET', log, 'w', whole(past))
  end
end
${PLACE}
local SHOWN, HIDDEN_S = 5, 604800
local isNoted, answer = false, { 'ok' }
local function add(key, field, n)
  local sum = redis.call('HINCRBY', key, field, n)
  if sum == 0 then redis.call('HDEL', key, field) end
  return sum
end
-- Buckets that are too old go when there are more than can be young enough.
local function trim(key, floor, most)
  if redis.call('HLEN', key) <= most then return end
  for _, bucket in ipairs(redis.call('HKEYS', key)) do
    if tonumber(bucket) < floor then redis.call('HDEL', key, bucket) end
  end
end
local function addBuckets(e, id, key)
  local hours, ends = {}, {}
  for _, pair in ipairs(e.minutes) do
    local minute, n = pair[1], pair[2]
    local hour = math.floor(minute / 60)
    hours[hour] = (hours[hour] or 0) + n
    ends[hour] = math.max(ends[hour] or 0, minute * 60000 + 59999)
    if minute >= q.minuteFloor then
      if add(key .. ':m', whole(minute), n) == n then trim(key .. ':m', q.minuteFloor, q.mostMinutes) end
    end
  end
  redis.call('EXPIRE', key .. ':m', q.minuteKeptS)
  local lastHour = math.floor(e.lastAt / 3600000)
  for hour, n in pairs(hours) do
    if n ~= 0 and hour >= q.hourFloor then
      local sum = add(key .. ':h', whole(hour), n)
      if sum == n then trim(key .. ':h', q.hourFloor, q.mostHours) end
      local entry = 'l:' .. id .. ':' .. whole(hour)
      if sum > 0 then
        local at = hour == lastHour and math.min(e.lastAt, ends[hour]) or ends[hour]
        redis.call('ZADD', base .. 'activity', 'GT', whole(at), entry)
        isNoted = true
      else
        redis.call('ZREM', base .. 'activity', entry)
      end
    end
  end
  redis.call('EXPIRE', key .. ':h', q.hourKeptS)
end
local function addSamples(e, key, total, isKnown)
  for _, sample in ipairs(e.samples) do
    local at, byte, text = sample[1], sample[2], sample[3]
    local prefix = q.where .. ':' .. byte .. '|'
    for _, member in ipairs(redis.call('ZRANGE', key .. ':smp', 0, -1)) do
      if string.sub(member, 1, #prefix) == prefix then redis.call('ZREM', key .. ':smp', member) end
    end
    if total > 0 or (total == 0 and isKnown) then
      redis.call('ZADD', key .. ':smp', whole(at), prefix .. text)
      -- The first two and the latest three.
      if redis.call('ZCARD', key .. ':smp') > SHOWN then redis.call('ZREMRANGEBYRANK', key .. ':smp', 2, -4) end
    end
  end
end
local function addLatest(key, at, members, most)
  for _, member in ipairs(members) do redis.call('ZADD', key, 'GT', whole(at), member) end
  if #members > 0 and redis.call('ZCARD', key) > most then redis.call('ZREMRANGEBYRANK', key, 0, -most - 1) end
end
local function addComponent(key)
  if q.component == '' then return end
  local known = redis.call('HGET', key, 'comps') or ''
  local names = {}
  for name in string.gmatch(known, '[^,]+') do
    if name == q.component then return end
    names[#names + 1] = name
  end
  if #names >= q.mostComponents then return end
  names[#names + 1] = q.component
  table.sort(names)
  redis.call('HSET', key, 'comps', table.concat(names, ','))
end
for _, e in ipairs(q.errors) do
  local total = 0
  for _, pair in ipairs(e.minutes) do total = total + pair[2] end
  local id = redis.call('HGET', base .. 'prints', e.fingerprint)
  if not id then
    id = 'e' .. e.fingerprint
    if total > 0 then
      redis.call('HSET', base .. 'prints', e.fingerprint, id)
      redis.call('SADD', base .. 'err:' .. id .. ':fp', e.fingerprint)
      redis.call('HSET', base .. 'fresh', e.fingerprint, e.kind .. '|' .. e.template)
    end
  end
  local key = base .. 'err:' .. id
  local before = tonumber(redis.call('HGET', key, 'n') or '0')
  addBuckets(e, id, key)
  addSamples(e, key, total, before > 0)
  local n = add(key, 'n', total)
  add(key, 'lv:' .. e.level, total)
  if total > 0 then
    local f = redis.call('HMGET', key, 'first', 'last', 'sl', 'st')
    local first, last = tonumber(f[1] or nil), tonumber(f[2] or nil)
    if not first or e.firstAt < first then redis.call('HSET', key, 'first', whole(e.firstAt)) end
    if not last or e.lastAt > last then redis.call('HSET', key, 'last', whole(e.lastAt)) end
    if not f[3] or (RANK[e.severity] or 9) < (RANK[f[3]] or 9) then
      redis.call('HSET', key, 'sl', e.severity, 'why', e.reason)
    end
    if e.status and (tonumber(f[4] or nil) or 0) < e.status then redis.call('HSET', key, 'st', e.status) end
    for field, value in pairs({ tpl = e.template, kind = e.kind, class = e.class, gv = q.grouping, lg = e.logger }) do
      redis.call('HSETNX', key, field, value)
    end
    -- What a search looks at: the first and the latest text.
    if e.words and n == total then redis.call('HSET', key, 'q1', e.words) elseif e.words then redis.call('HSET', key, 'q2', e.words) end
    addComponent(key)
    addLatest(key .. ':src', e.lastAt, { q.path }, q.mostSources)
    addLatest(key .. ':keys', e.lastAt, e.keys, q.mostKeys)
    redis.call('SADD', base .. 'stirred', id)
  end
  if n == 0 then
    local members = forgetLogged(id)
    for _, member in ipairs(members) do place(member) end
  end
  place(id)
  -- Taken back before it came: it waits for its other half, not for ever.
  if n < 0 and redis.call('HEXISTS', key, 'l') == 0 then
    redis.call('EXPIRE', key, HIDDEN_S)
  end
  answer[#answer + 1] = id
end
if isNoted then redis.call('ZREMRANGEBYRANK', base .. 'activity', 0, -q.mostActivity - 1) end
redis.call('HINCRBY', log, 'lines', whole(q.lines))
redis.call('HINCRBY', log, 'bytes', whole(q.bytes))
for field, n in pairs(q.counts) do redis.call('HINCRBY', log, field, whole(n)) end
redis.call('HSET', log, 'at', whole(q.now))
redis.call('ZADD', base .. (redis.call('HEXISTS', log, 'ended') == 1 and 'logsended' or 'logs'), whole(q.now), q.log)
return answer
`;
