import { levelOfStatus, nameOfLevel } from '../level.js';
import { type LogFormat } from '../model.js';
import { headerOf, wordAt } from './define.js';

/** Level, colon and blanks fill ten columns, as uvicorn's own formatter pads them. */
const LEAD = /(?:(?:INFO|DEBUG|ERROR|TRACE|WARNING): {1,5}|CRITICAL: )(?! )/y;
/** `127.0.0.1:1234 - "GET /x HTTP/1.1" 200` */
const ACCESS = /[\da-fA-F.:[\]]{3,60} - "/y;

/** The status behind the request that begins at `at`; 0 where there is none. */
export function statusBehind(line: string, at: number): number {
  let quote = at;
  // A quote inside the request is escaped by some servers and not by others: the one before a status ends it.
  for (let tries = 0; tries < 4; tries++) {
    quote = line.indexOf('" ', quote);
    if (quote < 0) return 0;
    const status = statusAt(line, quote + 2);
    if (status > 0) return status;
    quote += 2;
  }
  return 0;
}

function statusAt(line: string, at: number): number {
  const hundreds = line.charCodeAt(at) - 48;
  const tens = line.charCodeAt(at + 1) - 48;
  const ones = line.charCodeAt(at + 2) - 48;
  const next = line.charCodeAt(at + 3);
  if (!(hundreds >= 1 && hundreds <= 5 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return 0;
  return next === 32 || Number.isNaN(next) ? hundreds * 100 + tens * 10 + ones : 0;
}

function accessStatus(line: string): number {
  ACCESS.lastIndex = 10;
  return ACCESS.test(line) ? statusBehind(line, ACCESS.lastIndex) : 0;
}

const begins = (line: string): boolean => {
  LEAD.lastIndex = 0;
  return LEAD.test(line) && LEAD.lastIndex === 10;
};

/** `INFO:     127.0.0.1:1234 - "GET /x HTTP/1.1" 200 OK`, `ERROR:    Exception in ASGI application` */
export const uvicorn: LogFormat = {
  name: 'uvicorn',
  level(line) {
    if (!begins(line)) return -1;
    const status = accessStatus(line);
    return status > 0 ? levelOfStatus(status) : (wordAt(line, 0)?.level ?? -1);
  },
  header(line) {
    const status = accessStatus(line);
    return headerOf({
      level: nameOfLevel(uvicorn.level(line)),
      status: status > 0 ? status : null,
      messageAt: status > 0 ? ACCESS.lastIndex - 1 : 10,
    });
  },
};
