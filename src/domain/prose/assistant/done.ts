/** What a clause reports as done. */
import { cued } from '../../cue/index.js';
import { isSupposed } from './clauses.js';
import { aboutOf, type Said, type Spoken } from './status.js';
import { objectIn } from './things.js';
import { LEAVING_ALONE, MAKING, isVerb, ofParticiple } from './verbs.js';
import { baseForm, isParticiple } from '../words.js';

const DID =
  /^(?:(?:and|also|then|so|finally)\s+)*(?:i(?:'ve| have)?|we(?:'ve| have)?)\s+(?:(?:also|now|already|just|then|successfully)\s+)*([\p{L}-]+)\s+(.+)$/iu;
/** The words that it begins with, where it is the session that did it. */
const I_DID = /^(?:(?:and|also|then|so|finally)\s+)*(?:i|we)\b/i;
/** What these words begin with. */
const MAY_BEGIN = new Set('aAtTsSfFiIwW');
const IS_NOW = cued(
  /^(.{2,100}?)\s+(?:(?:is|are|'s)\s+(?:(?:now|all|already|fully|also|again|finally)\s+)*(?:done|fixed|gone|in place|up(?= (?:again|and))|back|green|clean|solved|resolved|finished|complete|ready|live|in(?=[.!]?$| now)|there(?=[.!]?$| now))\b|(?:is|are|has been|have been|'s been)\s+(?:(all|now|already|fully|also|again|finally)\s+)*([\p{L}-]{4,}(?:ed|t|n))\b|(?<!\b(?:for|until|till|by|up to|right)\s)now\b|works? (?:again|now|from)\b|(?:works?|runs)(?=[.!]?$))/iu,
);
const NOT = /\b(?:not|n't|never|nothing|cannot)\b|n't\b/i;
const ALL_DONE =
  /^(?:all )?(?:done|fixed|finished|committed|pushed|merged|deployed|ready|complete|it works|works now|that's done|that's it)\b/i;

const FINISHED = cued(ALL_DONE);

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

const TAKEN_BACK =
  /^(?:back |out )?(?:(?:all |all of )?(?:my|the|these|those) (?:attempts?|changes?|tries|edits|experiments?)|everything|it all|all)\b/i;

/** Reports work as done. */
export function doneIn({ text, unled, before }: Spoken): Said | null {
  const bare = unled.charCodeAt(0) > 127 ? unled.replace(/^[✅✔☑️✓\s]+/u, '') : unled;
  const said = reportIn(bare, text, before);
  return said === null || bare.length < 4 || isSupposed(bare) || NOT.test(bare.slice(0, 90)) ? null : said;
}

function reportIn(bare: string, text: string, before: readonly string[]): Said | null {
  if (FINISHED.test(bare))
    return { is: 'done', about: aboutOf(objectIn(bare.replace(ALL_DONE, '').replace(/^[\s:.,—–-]+/, '')), before) };
  const did = MAY_BEGIN.has(bare.charAt(0)) && I_DID.test(bare) ? DID.exec(bare) : null;
  if (
    did?.[1] !== undefined &&
    (isParticiple(did[1]) || /^(?:did|made|wrote|ran|took|gave)$/i.test(did[1])) &&
    !isVerb(did[1]) &&
    !/^(?:kept|left|held|took|put off|tried|attempted|spent|went|saw|noted|noticed|found|assumed|chose|looked|checked|considered|used|stopped|got|needed|wanted)$/i.test(
      did[1],
    )
  )
    return /^(?:reverted|undid|discarded|rolled|backed)$/i.test(did[1]) && TAKEN_BACK.test(did[2] ?? '')
      ? null
      : { is: 'done', about: aboutOf(objectIn(did[2] ?? ''), before) };
  const end = isCapital(bare.charCodeAt(0)) ? bare.indexOf(' ') : -1;
  const first = bare.slice(0, Math.max(end, 0));
  if (end !== -1 && isParticiple(first) && baseForm(first) !== first.toLowerCase())
    return { is: 'done', about: aboutOf(objectIn(bare.slice(end + 1)), before) };
  const now = IS_NOW.exec(bare);
  if (
    now?.[1] === undefined ||
    /\b(?:if|when|that|which|until|once|as soon as|there|no|how|why)\b/i.test(now[1]) ||
    /^(?:since|because|as|when|while)\b/i.test(text.trim()) ||
    /^so\b/.test(text.trim())
  )
    return null;
  const verb = now[3] === undefined ? null : ofParticiple(now[3]);
  // "is returned", "was pasted" tell how things are; "is replaced", "is migrated" what was done.
  if (
    now[3] !== undefined &&
    (verb === null ||
      verb === 'drop' ||
      !(
        MAKING.has(verb) ||
        now[2] !== undefined ||
        /^(?:sort|write|raise|lower|restore|revert|update|increase|reduce|commit|push|deploy)$/.test(verb)
      ) ||
      LEAVING_ALONE.has(verb))
  )
    return null;
  return { is: 'done', about: aboutOf(now[1], before) };
}
