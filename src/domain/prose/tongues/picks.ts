/** Choosing among numbered items: `1 und 3`, `2 plus tard`, `4はいい`. */
import type { Before, UserAct } from '../model.js';
import { plainly, quoteOf } from './text.js';
import type { Tongue } from './tongue.js';

const SHARES = /[,;.、，。；]\s*(?=[^\d\s]{0,12}\s*\d)|\s(?:aber|mais|pero|mas|но|ma|maar|ale)\s|[,;、，；]\s*/u;
const SPAN = /(\d{1,2})\s?(?:-|–|bis|a|до|から|到|至)\s?(\d{1,2})/gu;
/** A number that counts or measures something chooses nothing. */
const MEASURE =
  /\d\s?(?:(?:ms|s|sec|sek|min|h|mb|gb|kb|gi|mi|px|x|percent|prozent)(?![\p{L}])|%|分|秒|时|個|个|件|行|次|回|日|天|月|年|[.:/]\d|\d{2,})|\d[\p{L}_]|[\p{L}_./#-]\d/u;

export function pickIn(sentence: string, before: Before, tongue: Tongue): readonly UserAct[] {
  const plain = plainly(sentence);
  if (plain.length > 120 || MEASURE.test(plain) || /[?？]\s*$/u.test(plain)) return [];
  const acts: UserAct[] = [];
  let waiting: number[] = [];
  const quote = quoteOf(sentence);
  for (const share of plain.split(SHARES)) {
    const numbers = numbersIn(share).filter((number) => before.numbers.includes(number));
    const verdict =
      tongue.later.test(share) || tongue.notYet.test(share) ? 'later' : tongue.skip.test(share) ? 'no' : 'do';
    if (tongue.rest.test(share) && numbers.length === 0) {
      acts.push({ is: 'pick', numbers: 'rest', verdict, until: null, quote });
      continue;
    }
    if (numbers.length === 0) continue;
    // Of many words, most speak of something else than the numbers.
    if (share.replace(/\d+/g, '').trim().length > 40) return [];
    const words = share.replace(/[\d\s,.&+-]/gu, '');
    if (words === '') waiting = [...waiting, ...numbers];
    else {
      acts.push({ is: 'pick', numbers: [...waiting, ...numbers], verdict, until: null, quote });
      waiting = [];
    }
  }
  if (waiting.length > 0) acts.push({ is: 'pick', numbers: waiting, verdict: 'do', until: null, quote });
  return acts;
}

function numbersIn(text: string): number[] {
  const found = new Set<number>();
  for (const [, from = '', to = ''] of text.matchAll(SPAN))
    for (let at = Number(from); at <= Number(to) && at - Number(from) < 20; at++) found.add(at);
  for (const [digits] of text.matchAll(/\d{1,2}/g)) found.add(Number(digits));
  return [...found].sort((a, b) => a - b);
}
