const COUNTER = String.raw`(\d{1,9}) (?:more |other |further |additional |previous )?(?:similar |identical |duplicate |repeated |same )?(?:error|message|warning|line|log|event|entr(?:y|ie)|occurrence|exception|record|time)s?(?: (?:were|was|have been))? (?:suppressed|skipped|omitted|dropped)`;

/** `msg (47 similar errors suppressed)` */
const BEHIND = new RegExp(String.raw`[ \t]?[([{]${COUNTER}(?: [^()[\]{}]{0,80})?[)\]}]\.?\s{0,8}$`, 'i');
/** `message repeated 5 times: [ msg]`, as rsyslog writes it; `last message repeated 3 times` has no message of its own. */
const REPEATED = /^(?:last )?message repeated (\d{1,9}) times?(?::? \[ ?(.{0,8000})\])?\.?\s{0,8}$/is;
/** `msg ... suppressed 12 similar messages`, `msg - suppressed 12 messages` */
const ENDING =
  /[ \t]{0,4}(?:\.{3}|…|[,;:|-])? ?\(?suppressed (\d{1,9}) (?:similar |identical |duplicate |repeated |more )?(?:error|message|warning|line|log|event|entr(?:y|ie)|occurrence|exception)s?\)?\.?\s{0,8}$/i;
/** `msg [repeated 3 times]`, `msg (repeated 3x)`, `msg (x3)` */
const TIMES = /[ \t]?[([](?:repeated (\d{1,9}) ?(?:times?|x)|[x×](\d{1,9}))[)\]]\s{0,8}$/i;

/** The counter stands in what follows; the rest of a long message is not looked at. */
const TAIL = 256;

/**
 * A message without its suppression counter, so that it groups with the plain line, and how many more it stands for. A
 * counter that is the whole message (`last message repeated 3 times`) leaves an empty text: it belongs to the entry before.
 */
export function suppressed(message: string): { readonly text: string; readonly more: number } {
  const repeated = REPEATED.exec(message);
  if (repeated !== null) {
    // With the message in it the line is itself one of them.
    const times = Number(repeated[1]);
    return repeated[2] === undefined ? { text: '', more: times } : { text: repeated[2], more: Math.max(0, times - 1) };
  }
  // A trace may follow: counters stand in the first line.
  const lineEnd = message.indexOf('\n');
  const first = lineEnd < 0 ? message : message.slice(0, lineEnd);
  const from = Math.max(0, first.length - TAIL);
  const tail = first.slice(from);
  if (!/\d/.test(tail)) return { text: message, more: 0 };
  for (const counter of [BEHIND, ENDING, TIMES]) {
    const found = counter.exec(tail);
    if (found === null) continue;
    const times = Number(found[1] ?? found[2]);
    const rest = lineEnd < 0 ? '' : message.slice(lineEnd);
    return {
      text: `${first.slice(0, from + found.index)}${rest}`,
      more: counter === TIMES ? Math.max(0, times - 1) : times,
    };
  }
  return { text: message, more: 0 };
}
