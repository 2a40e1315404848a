/**
 * What must happen in Redis as one step. Redis 6.2 is the floor. KEYS[1] is the ledger's base in all of them. Beyond 300 lines,
 * which are one language and are tested together.
 */
import { PLACE } from './place-script.js';

/** One command of a commit: its key is relative to the ledger's base. */
export type Op = readonly [command: string, key: string, ...args: string[]];

/**
 * Writes a commit if nothing that it builds on has changed. ARGV is flat, since a commit may hold megabytes that JSON would
 * escape twice: checkpoint's name or '', its version; session that must have no transcript or ''; session as JSON or ''; n, then n times record and version; n, then n
 * ids of tasks that must be no aliases; then, to the end, command, key, n and n arguments. Two commands are ours: `MOVE`, a
 * task from where its hash says that it stands in the lists to another place, before the hash is written, and `ERROR`, an error to where it belongs.
 * @returns `ok`, then the conversations whose place in the list changed, under the ids that they stood or stand there; else
 * `checkpoint` (the file was read by someone else) or `record` (a record changed; merge again)
 */
export const COMMIT = `
local base = KEYS[1] .. ':'
local at = 1
local function take()
  at = at + 1
  return ARGV[at - 1]
end
local file, version, chat, session = take(), take(), take(), take()
if file ~= '' and (redis.call('HGET', base .. 'file:' .. file, 'v') or '0') ~= version then return { 'checkpoint' } end
if chat ~= '' and redis.call('SISMEMBER', base .. 'transcripts', chat) == 1 then return { 'checkpoint' } end
for _ = 1, tonumber(take()) do
  local key, v = take(), take()
  if (redis.call('HGET', base .. key, 'v') or '0') ~= v then return { 'record' } end
end
for _ = 1, tonumber(take()) do
  if redis.call('HEXISTS', base .. 'aliases', take()) == 1 then return { 'record' } end
end
local OPEN = { pending = true, in_progress = true, blocked = true }
-- The keys of the task lists that hold a place, each with its score. A place is
-- 'status|priority|component|project|rank|lastAt', '' for none.
local function cells(place)
  local found = {}
  if place == '' then return found end
  local status, priority, component, project, rank, lastAt =
    string.match(place, '^([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)$')
  for _, s in ipairs(OPEN[status] and { status, 'open' } or status == 'dropped' and { 'cancelled', status } or { status }) do
    for _, j in ipairs(project == '' and { '*' } or { '*', project }) do
      found['n:' .. s .. ':' .. j] = lastAt
      for _, c in ipairs(component == '' and { '*' } or { '*', component }) do
        found['c:' .. s .. ':*:' .. c .. ':' .. j] = rank
        found['c:' .. s .. ':' .. priority .. ':' .. c .. ':' .. j] = rank
      end
    end
  end
  return found
end
-- What a task's place was is read and not told: whoever wrote it may have reckoned otherwise.
local function move(id, after)
  local f = redis.call('HMGET', base .. 'task:' .. id, 's', 'p', 'c', 'j')
  local known = f[1] and f[1] ~= ''
  local old = cells(known and table.concat({ f[1], f[2] or '', f[3] or '', f[4] or '', '0', '0' }, '|') or '')
  local new = cells(after)
  for key in pairs(old) do
    if not new[key] then redis.call('ZREM', base .. key, id) end
  end
  for key, score in pairs(new) do redis.call('ZADD', base .. key, score, id) end
end
${PLACE}
while at <= #ARGV do
  local command, key, n = take(), take(), tonumber(take())
  if command == 'MOVE' then
    move(key, ARGV[at])
  elseif command == 'ERROR' then
    place(key)
  else
    redis.call(command, base .. key, unpack(ARGV, at, at + n - 1))
  end
  at = at + n
end
local answer = { 'ok' }
if session ~= '' then
  local s = cjson.decode(session)
  local function parts(text)
    local f, o, l, p = string.match(text, '^([01])|(%d*)|(%d+)|(.*)$')
    return f, tonumber(o), tonumber(l), p
  end
  local f, o, l, p = s.forked, tonumber(s.own), tonumber(s.last), s.project
  local known, formerly = redis.call('HGET', base .. 'sessions', s.id), ''
  if known then
    local kf, ko, kl, kp = parts(known)
    formerly = kp
    if kf == '0' then f = '0' end
    if ko and (not o or ko < o) then o = ko end
    if kl > l then l = kl end
    if kp ~= '' and (p == '' or kp < p) then p = kp end
  end
  redis.call('HSET', base .. 'sessions', s.id, f .. '|' .. (o and string.format('%d', o) or '') .. '|' .. string.format('%d', l) .. '|' .. p)
  if formerly ~= '' then redis.call('ZREM', base .. 'convs:' .. formerly, s.id) end
  for _, root in ipairs(s.roots) do
    redis.call('SADD', base .. 'root:' .. root, s.id)
    redis.call('SADD', base .. 'roots:' .. s.id, root)
  end
  local members, queue, seen, at = { [s.id] = true }, { s.id }, {}, 1
  while queue[at] and at <= 1000 do
    for _, root in ipairs(redis.call('SMEMBERS', base .. 'roots:' .. queue[at])) do
      if not seen[root] then
        seen[root] = true
        for _, id in ipairs(redis.call('SMEMBERS', base .. 'root:' .. root)) do
          if not members[id] and redis.call('HEXISTS', base .. 'sessions', id) == 1 then
            members[id] = true
            queue[#queue + 1] = id
          end
        end
      end
    end
    at = at + 1
  end
  local best, bf, bo, last, project, projects = nil, nil, nil, 0, '', {}
  for id in pairs(members) do
    local mf, mo, ml, mp = parts(redis.call('HGET', base .. 'sessions', id))
    mo = mo or 9007199254740991
    if mp ~= '' then projects[id] = mp end
    if ml > last then last = ml end
    if not best or mf < bf or (mf == bf and (mo < bo or (mo == bo and id < best))) then
      best, bf, bo, project = id, mf, mo, mp
    end
  end
  for id in pairs(members) do
    if id ~= best then
      if redis.call('ZREM', base .. 'convs', id) == 1 then answer[#answer + 1] = id end
      if projects[id] then redis.call('ZREM', base .. 'convs:' .. projects[id], id) end
    end
  end
  answer[#answer + 1] = best
  redis.call('ZADD', base .. 'convs', string.format('%d', last), best)
  if project ~= '' then redis.call('ZADD', base .. 'convs:' .. project, string.format('%d', last), best) end
end
return answer
`;

/**
 * One page of a task list. ARGV[1] is JSON `{lists: [key…], after: [score, id]|null, floor: score|null, limit, budget,
 * countBudget, counts: [key…], fold, words: […], since: ms|null, statuses: […], priorities: […], components: […], project,
 * blocker: {id, words: […]}|null}`. The lists are disjoint and ordered alike; empty filters pass all. `budget` bounds the candidates looked at, `countBudget` those that
 * are looked at only to count them once the page is full; below `floor` nothing can match.
 * @returns `[done, matched, total, filtered, score, id, passed, [[id, score, record, around or '', …look-alikes]…]]`: `done` when nothing
 * is left, `matched` on this walk, `total` the sizes of the lists, `score` and `id` where the next page begins, `passed` how
 * many matched up to there
 */
export const PAGE = `
local base = KEYS[1] .. ':'
local q = cjson.decode(ARGV[1])
local function set(list)
  if #list == 0 then return nil end
  local found = {}
  for _, v in ipairs(list) do found[v] = true end
  return found
end
local statuses, priorities, components = set(q.statuses), set(q.priorities), set(q.components)
local project = q.project ~= cjson.null and q.project or nil
local since = q.since ~= cjson.null and q.since or nil
local blocker = q.blocker ~= cjson.null and q.blocker or nil
local filtered = statuses or priorities or components or project or since or #q.words > 0 or blocker
-- Lists whose sizes are the exact total, where the filters are those of other pre-joined lists.
local counted = #q.counts > 0
local floor = q.floor ~= cjson.null and q.floor or nil
local after, max, bound = nil, '+inf', nil
if q.after ~= cjson.null then after, max, bound = tonumber(q.after[1]), q.after[1], q.after[2] end
local STEP = math.min(200, math.max(q.limit + 1, 20))
if filtered then STEP = 200 end
local heads, total, walked = {}, 0, 0
for i, key in ipairs(q.lists) do
  local size = redis.call('ZCARD', base .. key)
  total = total + size
  if size > 0 then heads[#heads + 1] = { key = base .. key, max = max, offset = 0, at = 1, rows = {}, ended = false } end
end
local function peek(head)
  while true do
    if head.at <= #head.rows then
      local score, id = tonumber(head.rows[head.at + 1]), head.rows[head.at]
      if after and score == after and id >= bound then head.at = head.at + 2 else return score, id end
    elseif head.ended then
      return nil
    else
      head.rows = redis.call('ZREVRANGEBYSCORE', head.key, head.max, '-inf', 'WITHSCORES', 'LIMIT', head.offset, STEP)
      head.at = 1
      local n = #head.rows
      if n < STEP * 2 then head.ended = true end
      -- The next rows begin at the last score, behind those of its rows that were had: an offset from the top would
      -- be counted through each time.
      local lowest, ties = head.rows[n], 0
      while n > 0 and head.rows[n] == lowest do
        ties, n = ties + 1, n - 2
      end
      head.offset = (lowest == head.max) and head.offset + ties or ties
      head.max = lowest
    end
  end
end
local function lead(id)
  for _ = 1, 200 do
    local target = redis.call('HGET', base .. 'aliases', id)
    if not target then
      target = redis.call('HGET', base .. 'task:' .. id, 'm')
      if not target or target == '' then return id end
    end
    id = target
  end
  return id
end
local function hasWords(text, words)
  for _, word in ipairs(words) do
    if not string.find(text, word, 1, true) then return false end
  end
  return #words > 0
end
local wanted, judged = blocker and lead(blocker.id), {}
local function isBlocker(id)
  if judged[id] == nil then
    local task = lead(id)
    local title = string.match(redis.call('HGET', base .. 'task:' .. task, 't') or '', '^[^|]*')
    judged[id] = task == wanted or hasWords(title, blocker.words)
  end
  return judged[id]
end
-- What it waits for: ids of tasks, and the words that say it where there is no task.
local function waits(value)
  local ids, text = string.match(value, '^([^|]*)|?(.*)$')
  if hasWords(text, blocker.words) then return true end
  for id in string.gmatch(ids, '%S+') do
    if isBlocker(id) then return true end
  end
  return false
end
-- Only what is filtered by is fetched, each value behind the check that reads it.
local names, checks = {}, {}
local function check(name, passes)
  names[#names + 1], checks[#checks + 1] = name, passes
end
if statuses then check('s', function(v) return statuses[v] end) end
if priorities then check('p', function(v) return priorities[v] end) end
if components then check('c', function(v) return components[v] end) end
if project then check('j', function(v) return v == project end) end
if since then check('l', function(v) return (tonumber(v) or 0) >= since end) end
if #q.words > 0 then check('t', function(v) return v and hasWords(v, q.words) end) end
if blocker then check('b', function(v) return v and waits(v) end) end
local function matches(id)
  if not filtered then return true end
  local values = redis.call('HMGET', base .. 'task:' .. id, unpack(names))
  for i, passes in ipairs(checks) do
    if not passes(values[i]) then return false end
  end
  return true
end
local function together(sessions, other)
  for session in pairs(sessions) do
    if redis.call('ZSCORE', base .. 's:' .. session .. ':open', other) then return true end
  end
  return false
end
local function folded(id, score, look, record)
  if not q.fold or not look then return false, {} end
  -- Words that hundreds share ("Run the tests") say little, and comparing all with all would hold Redis up.
  local size = redis.call('SCARD', base .. 'look:' .. look)
  if size < 2 or size > 200 then return false, {} end
  local alike, sessions = {}, nil
  local others = redis.call('SMEMBERS', base .. 'look:' .. look)
  for _, head in ipairs(heads) do
    local scores = redis.call('ZMSCORE', head.key, unpack(others))
    for at, other in ipairs(others) do
      local s = other ~= id and tonumber(scores[at] or nil)
      if s then
        local isHigher = s > score or (s == score and other > id)
        -- Decoding a record costs more than all else here.
        if not sessions then sessions = cjson.decode(record).sessions end
        if (isHigher or #alike < 20) and matches(other) and not together(sessions, other) then
          if isHigher then return true, {} end
          alike[#alike + 1] = other
        end
      end
    end
  end
  table.sort(alike)
  return false, alike
end
local rows, done, matched, passed, lastScore, lastId = {}, true, 0, 0, nil, nil
while true do
  local best, bestScore, bestId = nil, nil, nil
  for _, head in ipairs(heads) do
    local score, id = peek(head)
    if score and (not best or score > bestScore or (score == bestScore and id > bestId)) then
      best, bestScore, bestId = head, score, id
    end
  end
  if not best or (floor and bestScore < floor) then break end
  local full = #rows >= q.limit
  if walked >= q.budget or (full and (not filtered or counted or walked >= q.countBudget)) then done = false break end
  if not full then lastScore, lastId = best.rows[best.at + 1], bestId end
  local raw = best.rows[best.at + 1]
  best.at = best.at + 2
  walked = walked + 1
  if matches(bestId) then
    matched = matched + 1
    if not full then
      local f = redis.call('HMGET', base .. 'task:' .. bestId, 'k', 'r', 'a')
      if f[2] then
        local isFolded, alike = folded(bestId, bestScore, f[1], f[2])
        if not isFolded then rows[#rows + 1] = { bestId, raw, f[2], f[3] or '', unpack(alike) } end
      end
    end
  end
  if not full then passed = matched end
end
if counted then
  total = 0
  for _, key in ipairs(q.counts) do total = total + redis.call('ZCARD', base .. key) end
  filtered = nil
end
return { done and 1 or 0, matched, total, filtered and 1 or 0, lastScore or '', lastId or '', passed, rows }
`;
