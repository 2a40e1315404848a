import { levelOfStatus, nameOfLevel } from '../level.js';
import { type LogFormat } from '../model.js';
import { timeOf } from '../time.js';
import { headerOf } from './define.js';
import { statusBehind } from './uvicorn.js';

/** `host:443 127.0.0.1 - user [01/Jan/2025:12:00:00 +0000] "`, or only the bracket as Django's own server writes it. */
const LEAD =
  /(?:(?:[\w.-]{1,120}:\d{1,5} )?[\da-fA-F.:]{3,45}(?:, [\da-fA-F.:]{3,45}){0,8} \S{1,80} [^\s[]{1,80} |[\w.-]{1,120} - [^\s[]{1,80} )?\[(?=\d\d\/[A-Z][a-z]{2}\/\d{4}[: ])[^\]]{20,32}\] "/y;

function requestAt(line: string): number {
  LEAD.lastIndex = 0;
  return LEAD.test(line) ? LEAD.lastIndex : -1;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isSmall = (code: number): boolean => code >= 97 && code <= 122;

/** Behind the printable signs of ASCII that stand from `at` on, at most 80 and no blank; -1 where no blank follows. */
function wordEnd(bytes: Uint8Array, at: number): number {
  let end = at;
  let code = bytes[end] ?? 0;
  while (code > 32 && code < 127 && end - at < 81) code = bytes[++end] ?? 0;
  return code === 32 && end > at && end - at <= 80 ? end : -1;
}

/** `requestAt` of what nearly all lines are: an address, two words and the time. -1 for others, of which it may know more. */
function quickRequestAt(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at <= from + 45; at++) {
    const code = bytes[at] ?? 0;
    if (!isDigit(code) && code !== 46 && code !== 58 && !((code | 32) >= 97 && (code | 32) <= 102)) break;
  }
  if (at < from + 3 || at > from + 45 || bytes[at] !== 32) return -1;
  const word = wordEnd(bytes, at + 1);
  const user = word < 0 ? -1 : wordEnd(bytes, word + 1);
  if (user < 0 || bytes[user + 1] !== 91) return -1;
  for (let index = word + 1; index < user; index++) if (bytes[index] === 91) return -1;
  // 01/Jan/2025:12:00:00 +0000] "
  const day = user + 2;
  for (const digit of [0, 1, 7, 8, 9, 10]) if (!isDigit(bytes[day + digit] ?? 0)) return -1;
  const month = bytes[day + 3] ?? 0;
  if (!(month >= 65 && month <= 90) || !isSmall(bytes[day + 4] ?? 0) || !isSmall(bytes[day + 5] ?? 0)) return -1;
  if (bytes[day + 2] !== 47 || bytes[day + 6] !== 47 || (bytes[day + 11] !== 58 && bytes[day + 11] !== 32)) return -1;
  for (let index = day + 12; index < day + 26; index++) if (bytes[index] === 93 || bytes[index] === 10) return -1;
  return bytes[day + 26] === 93 && bytes[day + 27] === 32 && bytes[day + 28] === 34 ? day + 29 : -1;
}

/** As `statusBehind`, of a status that does not end its line. */
function quickStatusBehind(bytes: Uint8Array, from: number): number {
  let tries = 0;
  for (let at = from; tries < 4; at++) {
    const code = bytes[at] ?? 10;
    if (code === 10) return 0;
    if (code !== 34 || bytes[at + 1] !== 32) continue;
    tries++;
    const hundreds = (bytes[at + 2] ?? 0) - 48;
    const tens = (bytes[at + 3] ?? 0) - 48;
    const ones = (bytes[at + 4] ?? 0) - 48;
    if (!(hundreds >= 1 && hundreds <= 5 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) continue;
    if (bytes[at + 5] === 32) return hundreds * 100 + tens * 10 + ones;
    // It may end the line, or the line end may come in two bytes.
    if (bytes[at + 5] === 10 || bytes[at + 5] === 13) return 0;
  }
  return 0;
}

/** The common and the combined log of nginx, Apache and others. The client comes first, so the message is the request and its status. */
export const access: LogFormat = {
  name: 'access',
  level(line) {
    const at = requestAt(line);
    const status = at < 0 ? 0 : statusBehind(line, at - 1);
    return status > 0 ? levelOfStatus(status) : -1;
  },
  quick(bytes, from) {
    const at = quickRequestAt(bytes, from);
    const status = at < 0 ? 0 : quickStatusBehind(bytes, at - 1);
    return status > 0 ? levelOfStatus(status) : -1;
  },
  header(line, clock) {
    const at = requestAt(line);
    const status = statusBehind(line, at - 1);
    const end = line.indexOf(`" ${status} `, at - 1);
    const request = line.slice(at, end < 0 ? line.lastIndexOf(`" ${status}`) : end);
    return headerOf({
      at: timeOf(line, line.indexOf('[') + 1, clock),
      level: nameOfLevel(access.level(line)),
      status,
      messageAt: at - 1,
      message: `"${request}" ${status}`,
    });
  },
};
