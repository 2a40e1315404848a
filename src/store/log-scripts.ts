/** Counting a batch of a log, as one step in Redis. KEYS[1] is the ledger's base. */
import { PLACE } from './place-script.js';

/** The commands of `ANNOUNCE` and `END`, as ioredis defines them on a connection. */
export interface AnnounceCommand {
  trackerAnnounce(base: string, ...args: readonly string[]): Promise<number>;
  trackerEndLog(base: string, ...args: readonly string[]): Promise<number>;
}

/** Which start of the server this is. In the script, since it may begin again between a question and what it is asked for. */
const RUN = `
local function isRun(id)
  return id == '' or string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') == id
end
`;

/**
 * Announces a piece of a log. ARGV: run or '', log, file, first byte, now, id, identity, intent, byte behind it, host and
 * path.
 * @returns 1, or 0 if this is another run of the server, with nothing written
 */
export const ANNOUNCE = `
${RUN}
local base = KEYS[1] .. ':'
local run, log, file, from, now, id, identity, intent, to, names = unpack(ARGV)
if not isRun(run) then return 0 end
local key = base .. 'log:' .. log
redis.call('HSET', key, 'id', id, 'identity', identity, 'intent', intent, 'to', to, 'at', now)
redis.call('HSETNX', key, 'w', from)
redis.call('HDEL', key, 'ended')
redis.call('ZREM', base .. 'logsended', log)
redis.call('ZADD', base .. 'logs', now, log)
redis.call('SADD', base .. 'logs:' .. file, log)
redis.call('HSET', base .. 'logfiles', file, names)
return 1
`;

/** Ends a generation. ARGV: run or '', log, now. @returns as `ANNOUNCE` */
export const END = `
${RUN}
local base = KEYS[1] .. ':'
local run, log, now = unpack(ARGV)
if not isRun(run) then return 0 end
local key = base .. 'log:' .. log
if redis.call('EXISTS', key) == 0 then return 1 end
redis.call('HSET', key, 'ended', now, 'at', now)
redis.call('ZREM', base .. 'logs', log)
redis.call('ZADD', base .. 'logsended', now, log)
return 1
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
-- Also what a server that lost its last moments has no announcement of: whoever reads the log cuts it anew.
if not mark or to > tonumber(redis.call('HGET', log, 'to')) then return { 'unannounced' } end
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
local HIDDEN_S = 604800
local isNoted, answer = false, { 'ok' }
local function add(key, field, n)
  local sum = redis.call('HINCRBY', key, field, n)
  if sum == 0 then redis.call('HDEL', key, field) end
  return sum
end
-- Buckets that are too old go when there are more than can be young enough.
local function trim(key, floor, most, keptS)
  redis.call('EXPIRE', key, keptS)
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
    if n ~= 0 and minute >= q.minuteFloor and add(key .. ':m', whole(minute), n) == n then
      trim(key .. ':m', q.minuteFloor, q.mostMinutes, q.minuteKeptS)
    end
  end
  local lastHour = math.floor(e.lastAt / 3600000)
  for hour, n in pairs(hours) do
    if n ~= 0 and hour >= q.hourFloor then
      local sum = add(key .. ':h', whole(hour), n)
      if sum == n then trim(key .. ':h', q.hourFloor, q.mostHours, q.hourKeptS) end
      local entry = id .. ':' .. whole(hour)
      if sum > 0 then
        local at = hour == lastHour and math.min(e.lastAt, ends[hour]) or ends[hour]
        redis.call('ZADD', base .. 'logged', 'GT', whole(at), entry)
        isNoted = true
      else
        redis.call('ZREM', base .. 'logged', entry)
      end
    end
  end
end
local function addSamples(e, key, total, isKnown)
  if #e.samples == 0 then return end
  local added, gone, prefixes = {}, {}, {}
  for _, sample in ipairs(e.samples) do
    local at, byte, text = sample[1], sample[2], sample[3]
    local prefix = q.where .. ':' .. byte
    prefixes[prefix] = true
    added[#added + 1], added[#added + 2] = whole(at), prefix .. '|' .. text
  end
  -- The same event, told differently.
  if isKnown then
    for _, member in ipairs(redis.call('ZRANGE', key .. ':smp', 0, -1)) do
      if prefixes[string.match(member, '^[^|]*')] then gone[#gone + 1] = member end
    end
    if #gone > 0 then redis.call('ZREM', key .. ':smp', unpack(gone)) end
  end
  if total > 0 or (total == 0 and isKnown) then
    redis.call('ZADD', key .. ':smp', unpack(added))
    -- The first two and the latest three.
    redis.call('ZREMRANGEBYRANK', key .. ':smp', 2, -4)
  end
end
local function addLatest(key, at, members, most)
  if #members == 0 then return end
  local timed = {}
  for _, member in ipairs(members) do timed[#timed + 1], timed[#timed + 2] = at, member end
  redis.call('ZADD', key, 'GT', unpack(timed))
  redis.call('ZREMRANGEBYRANK', key, 0, -most - 1)
end
-- The names with this one, or nil where it is there already, or they are too many.
local function withComponent(known)
  if q.component == '' then return nil end
  local names = {}
  for name in string.gmatch(known or '', '[^,]+') do
    if name == q.component then return nil end
    names[#names + 1] = name
  end
  if #names >= q.mostComponents then return nil end
  names[#names + 1] = q.component
  table.sort(names)
  return table.concat(names, ',')
end
local FIRST = { tpl = 'template', kind = 'kind', class = 'class', lg = 'logger', gv = 'grouping' }
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
  e.grouping = q.grouping
  local f = redis.call('HMGET', key, 'n', 'first', 'last', 'sl', 'st', 'comps', 'tpl', 'kind', 'class', 'lg', 'gv')
  local before = tonumber(f[1] or nil) or 0
  addBuckets(e, id, key)
  addSamples(e, key, total, before > 0)
  local n = add(key, 'n', total)
  add(key, 'lv:' .. e.level, total)
  if total > 0 then
    local set = {}
    local function put(field, value) set[#set + 1], set[#set + 2] = field, value end
    local first, last = tonumber(f[2] or nil), tonumber(f[3] or nil)
    if not first or e.firstAt < first then put('first', whole(e.firstAt)) end
    if not last or e.lastAt > last then put('last', whole(e.lastAt)) end
    if not f[4] or (RANK[e.severity] or 9) < (RANK[f[4]] or 9) then
      put('sl', e.severity)
      put('why', e.reason)
    end
    if e.status and (tonumber(f[5] or nil) or 0) < e.status then put('st', whole(e.status)) end
    local components = withComponent(f[6])
    if components then put('comps', components) end
    for index, field in ipairs({ 'tpl', 'kind', 'class', 'lg', 'gv' }) do
      local value = e[FIRST[field]]
      if value and not f[6 + index] then put(field, value) end
    end
    -- What a search looks at: the first and the latest text.
    if e.words then put(n == total and 'q1' or 'q2', e.words) end
    if #set > 0 then redis.call('HSET', key, unpack(set)) end
    addLatest(key .. ':src', whole(e.lastAt), { q.path }, q.mostSources)
    addLatest(key .. ':keys', whole(e.lastAt), e.keys, q.mostKeys)
    redis.call('SADD', base .. 'stirred', id)
  end
  if n == 0 then
    local members = forgetLogged(id)
    for _, member in ipairs(members) do place(member) end
  end
  place(id)
  -- Taken back before it came: it waits for its other half, not for ever.
  if n < 0 and redis.call('HEXISTS', key, 'l') == 0 then redis.call('EXPIRE', key, HIDDEN_S) end
  answer[#answer + 1] = id
end
if isNoted then redis.call('ZREMRANGEBYRANK', base .. 'logged', 0, -q.mostActivity - 1) end
redis.call('HINCRBY', log, 'lines', whole(q.lines))
redis.call('HINCRBY', log, 'bytes', whole(q.bytes))
for field, n in pairs(q.counts) do redis.call('HINCRBY', log, field, whole(n)) end
redis.call('HSET', log, 'at', whole(q.now))
redis.call('ZADD', base .. (redis.call('HEXISTS', log, 'ended') == 1 and 'logsended' or 'logs'), whole(q.now), q.log)
return answer
`;
