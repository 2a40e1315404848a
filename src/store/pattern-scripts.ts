/** What becomes of patterns, each as one step in Redis. KEYS[1] is the ledger's base. */
import { PLACE } from './place-script.js';

/**
 * Makes one pattern of two: all that logs told of ARGV[1], counters, buckets, samples, sources, keys and fingerprints, goes to
 * ARGV[2]; what conversations told of it stays under its own id, for its sessions, and is listed under the other. Then the most
 * sources, components, keys and fingerprints that a pattern has.
 * @returns 1, or 0 if they are one already, or nothing is known of the first
 */
export const MERGE = `
local base = KEYS[1] .. ':'
${PLACE}
local from, into = headOf(ARGV[1]), headOf(ARGV[2])
if from == into then return 0 end
local source, target = base .. 'err:' .. from, base .. 'err:' .. into
-- It was taken back, or forgotten, since the miner was told of it: it is new when it comes again.
if redis.call('EXISTS', source) == 0 then return 0 end
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
      local entry = from .. ':' .. all[i]
      local at = redis.call('ZSCORE', base .. 'logged', entry)
      if at then
        redis.call('ZREM', base .. 'logged', entry)
        redis.call('ZADD', base .. 'logged', 'GT', at, into .. ':' .. all[i])
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
-- A text that is never the same twice would make the pattern grow for ever; what is left out is new when it comes again.
local over = redis.call('SCARD', target .. ':fp') - tonumber(ARGV[6])
for _, print in ipairs(over > 0 and redis.call('SRANDMEMBER', target .. ':fp', over) or {}) do
  if print ~= own and redis.call('SISMEMBER', target .. ':conv', 'e' .. print) == 0 then
    redis.call('SREM', target .. ':fp', print)
    redis.call('HDEL', base .. 'prints', print)
  end
end
forgetLogged(from)
displace(from)
-- What was made of its counts is made anew, of all of them.
unmake(from)
redis.call('SADD', base .. 'stirred', into)
place(into)
return 1
`;

/** What the miner calls patterns now. ARGV: version of the grouping, then n times id and template. */
export const DESCRIBE = `
local base = KEYS[1] .. ':'
for i = 2, #ARGV, 2 do
  local key = base .. 'err:' .. ARGV[i]
  -- One that was forgotten meanwhile must not come back without its counts.
  if redis.call('HEXISTS', key, 'n') == 1 then redis.call('HSET', key, 'tpl', ARGV[i + 1], 'gv', ARGV[1]) end
end
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
  unmake(one)
  for _, task in ipairs(redis.call('SMEMBERS', base .. 'relt:' .. one)) do
    redis.call('SREM', base .. 'rel:' .. task, one)
  end
  redis.call('DEL', base .. 'err:' .. one, base .. 'err:' .. one .. ':ev', base .. 'relt:' .. one)
end
redis.call('ZREM', base .. 'errors', id)
return gone
`;
