/** Where errors stand in the lists, for every script that changes one. Redis 6.2 is the floor. */
import { LEVELS } from '../domain/log/model.js';
import { PRIORITIES } from '../domain/model.js';

const RANKS = PRIORITIES.map((priority, index) => `${priority} = ${index + 1}`).join(', ');
const LEVEL_NAMES = LEVELS.map((level) => `'${level}'`).join(', ');

/**
 * Where an error stands in the lists. An error is known by the id of its fingerprint; one that was merged into a pattern
 * stands there under the pattern's id, its head. Needs `base`.
 *
 * `place(id)` puts the head of `id` in its place, by what is known of it now: `errors` and, by severity and component,
 * `errors:<severity or *>:<component or *>`, all by the last time; `told`, by the last time that a conversation told of it. One
 * that nothing is left of stands nowhere, and what `correlate` made of it goes.
 */
export const PLACE = `
local function headOf(id)
  return redis.call('HGET', base .. 'prints', string.sub(id, 2)) or id
end
local function errorCells(place)
  local found = {}
  if not place then return found end
  found['errors'] = true
  local severity, components, told = string.match(place, '^([^|]*)|([^|]*)|(.*)$')
  if told ~= '' then found['told'] = true end
  if severity ~= '' then found['errors:' .. severity .. ':*'] = true end
  for component in string.gmatch(components, '[^,]+') do
    found['errors:*:' .. component] = true
    if severity ~= '' then found['errors:' .. severity .. ':' .. component] = true end
  end
  return found
end
local RANK = { ${RANKS} }
local function worse(a, b)
  if not a then return b end
  if not b then return a end
  return (RANK[a] or 9) <= (RANK[b] or 9) and a or b
end
local function later(a, b)
  return math.max(tonumber(a or nil) or 0, tonumber(b or nil) or 0)
end
-- What correlate made of an error that is no more, or is counted under another id.
local function unmake(id)
  for _, task in ipairs(redis.call('HKEYS', base .. 'tie:' .. id)) do
    redis.call('SREM', base .. 'tied:' .. task, id)
  end
  redis.call('DEL', base .. 'tie:' .. id, base .. 'sig:' .. id, base .. 'sig:' .. id .. ':now')
  redis.call('ZREM', base .. 'due', id)
  redis.call('SREM', base .. 'stirred', id)
end
local function place(any)
  local id = headOf(any)
  local key = base .. 'err:' .. id
  if id ~= any then
    redis.call('SADD', key .. ':conv', any)
    redis.call('HSET', key, 'm', '1')
  end
  local f = redis.call('HMGET', key, 'pl', 'l', 'sc', 'n', 'last', 'sl', 'comps', 'm')
  local isTold, toldAt, severity = f[2] and true, later(f[2], nil), f[3]
  if f[8] then
    for _, member in ipairs(redis.call('SMEMBERS', key .. ':conv')) do
      local m = redis.call('HMGET', base .. 'err:' .. member, 'l', 'sc')
      if m[1] then
        isTold, toldAt, severity = true, later(toldAt, m[1]), worse(severity, m[2])
      else
        redis.call('SREM', key .. ':conv', member)
      end
    end
  end
  local isLogged = (tonumber(f[4] or '0') or 0) > 0
  local lastAt = isLogged and later(toldAt, f[5]) or toldAt
  severity = f[6] or severity
  local now = nil
  if isLogged or isTold then
    now = (severity or '') .. '|' .. (isLogged and f[7] or '') .. '|' .. (isTold and 'told' or '')
  end
  local before, after = errorCells(f[1]), errorCells(now)
  for cell in pairs(before) do
    if not after[cell] then redis.call('ZREM', base .. cell, id) end
  end
  for cell in pairs(after) do
    redis.call('ZADD', base .. cell, string.format('%.0f', cell == 'told' and toldAt or lastAt), id)
  end
  if now and now ~= f[1] then
    redis.call('HSET', key, 'pl', now)
    redis.call('PERSIST', key)
  elseif not now then
    redis.call('HDEL', key, 'pl', 'sl', 'why')
    unmake(id)
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
local LOGGED = { 'n', 'first', 'last', 'comps', 'sl', 'why', 'tpl', 'kind', 'class', 'gv', 'st', 'lg', 'q1', 'q2' }
local LEVELS = { ${LEVEL_NAMES} }
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
  return members
end
`;
