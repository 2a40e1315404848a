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

/** The common and the combined log of nginx, Apache and others. The client comes first, so the message is the request and its status. */
export const access: LogFormat = {
  name: 'access',
  level(line) {
    const at = requestAt(line);
    const status = at < 0 ? 0 : statusBehind(line, at - 1);
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
