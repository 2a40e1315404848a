/** What must happen in Redis as one step with the errors of logs. As in `scripts.ts`, KEYS[1] is the ledger's base. */

/**
 * Where an error stands in the lists. An error is known by the id of its fingerprint; one that was merged into a pattern
 * stands there under the pattern's id, its head. Needs `base`.
 *
 * `place(id)` puts the head of `id` in its place, by what is known of it now: `errors` and, by severity and component,
 * `errors:<severity or *>:<component or *>`, all by the last time. One that nothing is left of stands nowhere.
 */
export const PLACE = `
local function headOf(id)
  return redis.call('HGET', base .. 'prints', string.sub(id, 2)) or id
end
local function errorCells(place)
  local found = {}
  if not place then return found end
  found['errors'] = true
  local severity, components = string.match(place, '^([^|]*)|(.*)$')
  if severity ~= '' then found['errors:' .. severity .. ':*'] = true end
  for component in string.gmatch(components, '[^,]+') do
    found['errors:*:' .. component] = true
    if severity ~= '' then found['errors:' .. severity .. ':' .. component] = true end
  end
  return found
end
local RANK = { critical = 1, high = 2, medium = 3, low = 4 }
local function worse(a, b)
  if not a then return b end
  if not b then return a end
  return (RANK[a] or 9) <= (RANK[b] or 9) and a or b
end
local function later(a, b)
  return math.max(tonumber(a or nil) or 0, tonumber(b or nil) or 0)
end
local function place(any)
  local id = headOf(any)
  local key = base .. 'err:' .. id
  if id ~= any then
    redis.call('SADD', key .. ':conv', any)
    redis.call('HSET', key, 'm', '1')
  end
  local f = redis.call('HMGET', key, 'pl', 'l', 'sc', 'n', 'last', 'sl', 'comps', 'm')
  local isTold, lastAt, severity = f[2] and true, later(f[2], nil), f[3]
  if f[8] then
    for _, member in ipairs(redis.call('SMEMBERS', key .. ':conv')) do
      local m = redis.call('HMGET', base .. 'err:' .. member, 'l', 'sc')
      if m[1] then
        isTold, lastAt, severity = true, later(lastAt, m[1]), worse(severity, m[2])
      else
        redis.call('SREM', key .. ':conv', member)
      end
    end
  end
  local isLogged = (tonumber(f[4] or '0') or 0) > 0
  if isLogged then lastAt = later(lastAt, f[5]) end
  severity = f[6] or severity
  local now = nil
  if isLogged or isTold then now = (severity or '') .. '|' .. (isLogged and f[7] or '') end
  local before, after = errorCells(f[1]), errorCells(now)
  for cell in pairs(before) do
    if not after[cell] then redis.call('ZREM', base .. cell, id) end
  end
  for cell in pairs(after) do redis.call('ZADD', base .. cell, string.format('%.0f', lastAt), id) end
  if now then
    redis.call('HSET', key, 'pl', now)
    redis.call('PERSIST', key)
  else
    redis.call('HDEL', key, 'pl', 'sl', 'why')
  end
  return id
end
-- Takes an error that is no head out of the lists.
local function displace(id)
  local key = base .. 'err:' .. id
  for cell in pairs(errorCells(redis.call('HGET', key, 'pl'))) do redis.call('ZREM', base .. cell, id) end
  redis.call('HDEL', key, 'pl')
end
-- What logs told of a head is forgotten; its fingerprints are new when they come again.
local LOGGED = { 'n', 'first', 'last', 'comp', 'comps', 'sl', 'why', 'tpl', 'kind', 'class', 'gv', 'st', 'lg', 'q1', 'q2' }
local LEVELS = { 'trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical' }
local function forgetLogged(id)
  local key = base .. 'err:' .. id
  for _, print in ipairs(redis.call('SMEMBERS', key .. ':fp')) do
    redis.call('HDEL', base .. 'prints', print)
    redis.call('HDEL', base .. 'fresh', print)
  end
  local members = redis.call('SMEMBERS', key .. ':conv')
  redis.call('HDEL', key, 'm', unpack(LOGGED))
  for _, level in ipairs(LEVELS) do redis.call('HDEL', key, 'lv:' .. level) end
  for _, part in ipairs({ 'fp', 'conv', 'm', 'h', 'smp', 'src', 'keys' }) do redis.call('DEL', key .. ':' .. part) end
  redis.call('SREM', base .. 'stirred', id)
  return members
end
`;

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

/**
 * Makes one pattern of two: all that logs told of ARGV[1], counters, buckets, samples, sources, keys and fingerprints, goes to
 * ARGV[2]; what conversations told of it stays under its own id, for its sessions, and is listed under the other.
 * @returns 1, or 0 if they are one already
 */
export const MERGE = `
local base = KEYS[1] .. ':'
${PLACE}
local from, into = headOf(ARGV[1]), headOf(ARGV[2])
if from == into then return 0 end
local source, target = base .. 'err:' .. from, base .. 'err:' .. into
local prints = redis.call('SMEMBERS', source .. ':fp')
prints[#prints + 1] = string.sub(from, 2)
for _, print in ipairs(prints) do
  redis.call('HSET', base .. 'prints', print, into)
  redis.call('SADD', target .. ':fp', print)
end
local own = string.sub(into, 2)
redis.call('HSETNX', base .. 'prints', own, into)
redis.call('SADD', target .. ':fp', own)
local members = redis.call('SMEMBERS', source .. ':conv')
if redis.call('HEXISTS', source, 'l') == 1 then members[#members + 1] = from end
for _, member in ipairs(members) do redis.call('SADD', target .. ':conv', member) end
if #members > 0 then redis.call('HSET', target, 'm', '1') end
local function sum(into, field, n)
  if redis.call('HINCRBY', into, field, n) == 0 then redis.call('HDEL', into, field) end
end
for _, buckets in ipairs({ ':m', ':h' }) do
  local all = redis.call('HGETALL', source .. buckets)
  for i = 1, #all, 2 do sum(target .. buckets, all[i], all[i + 1]) end
  local ttl = redis.call('TTL', source .. buckets)
  if ttl > redis.call('TTL', target .. buckets) then redis.call('EXPIRE', target .. buckets, ttl) end
  if buckets == ':h' then
    for i = 1, #all, 2 do
      local entry = 'l:' .. from .. ':' .. all[i]
      local at = redis.call('ZSCORE', base .. 'activity', entry)
      if at then
        redis.call('ZREM', base .. 'activity', entry)
        redis.call('ZADD', base .. 'activity', 'GT', at, 'l:' .. into .. ':' .. all[i])
      end
    end
  end
end
local told = {}
local all = redis.call('HGETALL', source)
for i = 1, #all, 2 do told[all[i]] = all[i + 1] end
if told.n then sum(target, 'n', told.n) end
for _, level in ipairs(LEVELS) do
  if told['lv:' .. level] then sum(target, 'lv:' .. level, told['lv:' .. level]) end
end
local known = redis.call('HMGET', target, 'first', 'last', 'sl', 'st', 'comps')
if told.first and not (known[1] and tonumber(known[1]) <= tonumber(told.first)) then
  redis.call('HSET', target, 'first', told.first)
end
if told.last and not (known[2] and tonumber(known[2]) >= tonumber(told.last)) then
  redis.call('HSET', target, 'last', told.last)
end
if told.sl and worse(known[3] or nil, told.sl) ~= known[3] then redis.call('HSET', target, 'sl', told.sl, 'why', told.why) end
if told.st and (tonumber(known[4] or nil) or 0) < tonumber(told.st) then redis.call('HSET', target, 'st', told.st) end
if told.comps then
  local names, seen = {}, {}
  for name in string.gmatch((known[5] or '') .. ',' .. told.comps, '[^,]+') do
    if not seen[name] and #names < tonumber(ARGV[4]) then names[#names + 1] = name end
    seen[name] = true
  end
  table.sort(names)
  redis.call('HSET', target, 'comps', table.concat(names, ','))
end
for _, field in ipairs({ 'tpl', 'kind', 'class', 'gv', 'lg', 'q1', 'q2' }) do
  if told[field] then redis.call('HSETNX', target, field, told[field]) end
end
for _, list in ipairs({ ':src', ':keys' }) do
  redis.call('ZUNIONSTORE', target .. list, 2, target .. list, source .. list, 'AGGREGATE', 'MAX')
  redis.call('ZREMRANGEBYRANK', target .. list, 0, -tonumber(ARGV[list == ':src' and 3 or 5]) - 1)
end
redis.call('ZUNIONSTORE', target .. ':smp', 2, target .. ':smp', source .. ':smp', 'AGGREGATE', 'MAX')
if redis.call('ZCARD', target .. ':smp') > 5 then redis.call('ZREMRANGEBYRANK', target .. ':smp', 2, -4) end
-- Its fingerprints belong to the other by now.
redis.call('DEL', source .. ':fp')
for _, print in ipairs(prints) do redis.call('HDEL', base .. 'fresh', print) end
forgetLogged(from)
displace(from)
redis.call('SREM', base .. 'stirred', from)
redis.call('SADD', base .. 'stirred', into)
place(into)
return 1
`;

/**
 * ARGV: n times id, severity, reason.
 * @returns the ids of the errors that read differently now
 */
export const RATE = `
local base = KEYS[1] .. ':'
${PLACE}
local changed = {}
for i = 1, #ARGV, 3 do
  local id = headOf(ARGV[i])
  local key = base .. 'err:' .. id
  local f = redis.call('HMGET', key, 'sl', 'why', 'pl')
  if f[3] and (f[1] ~= ARGV[i + 1] or f[2] ~= ARGV[i + 2]) then
    redis.call('HSET', key, 'sl', ARGV[i + 1], 'why', ARGV[i + 2])
    place(id)
    changed[#changed + 1] = id
  end
end
return changed
`;

/** Forgets an error with all its parts, if it has not happened again after ARGV[2]. @returns the ids that went */
export const FORGET = `
local base = KEYS[1] .. ':'
${PLACE}
local id = ARGV[1]
local at = redis.call('ZSCORE', base .. 'errors', id)
if at and tonumber(at) >= tonumber(ARGV[2]) then return {} end
local gone = forgetLogged(id)
gone[#gone + 1] = id
for _, one in ipairs(gone) do
  displace(one)
  redis.call('DEL', base .. 'err:' .. one, base .. 'err:' .. one .. ':ev', base .. 'relt:' .. one)
  redis.call('DEL', base .. 'tie:' .. one, base .. 'sig:' .. one)
end
redis.call('ZREM', base .. 'errors', id)
redis.call('SREM', base .. 'stirred', id)
return gone
`;
