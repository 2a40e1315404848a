/** Needs in as few words as they take: `need a health check`, `sync.py wants a --limit`, `postgres 17, compose and ci`. */
import { cued } from '../../cue/index.js';
import { withoutEnd } from './text.js';

const LEAD =
  /^(?:(?:and|but|also|ok|okay|so|now|then|plus|next|oh|hey|hi|hello|yes|yeah|great|nice|handy|cool|thanks|please|actually|lovely|perfect)[,. ]+)+/i;
/** Nobody speaks, and something is needed. */
const BARE_NEED = cued(
  /^(?:(?:still|also|really|urgently|now) )*(needs?|wants?|wanted|needed|missing)(?: (?:still|also))?:? ((?:an?|some|another|two|three|more|proper|better|--?[a-z]|tests?\b|docs?\b|unit tests?|[a-z-]+ (?:tests?|docs?|support|logs?|logging|metrics|checks?|validation) (?:for|in|on|of))(?: ?\S.{0,120})?)$/i,
);
const IN_NEED = cued(
  /^((?!(?:i|we|you|he|she|it|they|that|this|there|who|which|what|nobody|everyone|everybody|someone|one|people|if|when)\b)[\w@./#-]+(?: [\w@./#'-]+){0,4}?) (?:(?:still|also|really|now|urgently|just) )*(?:wants?|could do with|can do with|could use|deserves?|lacks?|misses) ((?:an?|its own|their own|some|another|two|three|more|better|proper|--?[a-z])\S* ?.{2,110})$/i,
);
/** Those who want, where it is not the thing that is in need. */
const WHO =
  /^(?:(?:the|our|my|a) )?(?:\w+ )?(?:marketing|sales|legal|ops|finance|management|support|security|compliance|design|qa|product|team|client|clients|customer|customers|boss|manager|lead|user|users|people|folks|guys|council|board|teachers?|doctors?|drivers?|editors?|admins?|auditors?|investors?|testers?|players?|colleagues?|school|office|accounting|ceo|cto|hr)$|^[A-Z][a-z]+(?: [A-Z][a-z]+)?$/;
const NOT_THINGS =
  /^(?:an?|some|another|more|better) (?:\w+ )?(?:moment|minute|second|while|time|bit|lot|few|day|week|break|coffee|hand|help|nap|sleep|answer|opinion|idea|hint|look|word|favou?r|vacation|holiday|drink|raise|beer|hug|restart|reboot|vpn|ticket|approval|sign-?off|go-?ahead|explanation|summary|overview|second opinion)\b/i;
const GONE = cued(
  /^((?!(?:i|we|you|he|she|it|they|that|this|there|who|which|what|nobody|everyone|everybody|someone|one|people|if|when|things?|how|where|as|so|not|both|and)\b)[\w@./#-]+(?: [\w@./#'-]+){0,6}?) (?:can|may|could|should|must|has to|have to) (?:(?:now|all|also|just|finally|safely|both) )*go(?: away)?(?: (?:now|too|as well|then|again|first|for good|after all|imo|please|pls))*$/i,
);
const UPGRADE = cued(
  /^(?:(?:move|go|bump|upgrade) to )?([a-z][a-z.#+-]{1,20}(?: [a-z]{2,10})?) v?(\d{1,4}(?:\.\d{1,4}){0,3}(?: ?lts)?)(?:,| in| for| on|:)? ?((?:(?:in|for|on|the|and|&|\+|both|everywhere|too|only)[ ,]+)*[\w./-]+(?:(?:,| ?\+| ?&| and) ?[\w./-]+){0,4})$/i,
);
/** Counted things are no versions. */
const COUNTED =
  /^(?:the )?(?:line|lines|step|steps|page|pages|issue|issues|pr|mr|point|item|option|number|no|part|phase|task|ticket|bug|question|chapter|figure|table|day|week|month|version|level|test|tests|case|row|column|user|users|file|files|at|in|on|to|by|from|of|with|for|about|only|just|all|last|first|next|the|an?|some|max|min|up|port|got|get|see|try|use|need|add|set|make|is|are|was|do|did|give|have|has|had|after|before|until|since|every|like|than|or|and|not|then|so|wait|ok|yes|no|v|room|error|code|exit|http|status|sprint|milestone|job|run|build|node (?:failed|down)|gate|q|i|we|you|it)$/i;

/** One of these stands in all of them but the upgrade, which has a number. */
const NEEDY = cued(
  /need|want|missing(?: (?:still|also))?:? (?:an?|some|another|two|three|more|proper|better|-|tests?\b|docs?\b|unit|[a-z-]+ (?:tests?|docs?|support|log|metrics|check|validation))|do with|could use|deserve|lack|misses| go\b/i,
);

/** What is so needed, as imperatives; empty where nothing is. */
export function terseIn(said: string): readonly string[] {
  if (said.length > 180 || !(NEEDY.test(said) || /\d/.test(said))) return [];
  const text = withoutEnd(said.replace(LEAD, ''), '.,;:!').replace(/,? (?:please|pls|thx|thanks)$/i, '');
  if (/\d/.test(text)) {
    const moved = upgraded(text);
    if (moved.length > 0) return moved;
  }
  const bare = BARE_NEED.exec(text)?.[2];
  if (bare !== undefined) return NOT_THINGS.test(bare) || / or /.test(bare) ? [] : [`Add ${bare}`];
  const gone = GONE.exec(text)?.[1];
  if (gone !== undefined)
    return /^[A-Z][a-z]+$/.test(gone) || WHO.test(gone) || /\b(?:is|are|was|wrong|if|when|you|we|it|to)\b/i.test(gone)
      ? []
      : [`Remove ${gone}`];
  const found = IN_NEED.exec(text);
  if (found === null) return [];
  const [, who = '', what = ''] = found;
  if (NOT_THINGS.test(what) || /\b(?:if|when|that|which|who|to|is|are|and|or)\b/i.test(who)) return [];
  return [WHO.test(who) ? `Add ${what}` : `Add ${what} to ${who}`];
}

/** `postgres 17, compose + ci`: each of the places is moved. */
function upgraded(text: string): readonly string[] {
  const found = UPGRADE.exec(text);
  if (found === null) return [];
  const [, what = '', version = '', rest = ''] = found;
  if (what.split(' ').some((word) => COUNTED.test(word))) return [];
  const places = rest
    .replace(/^(?:(?:in|for|on|the|both|everywhere|and|&|\+)[ ,]+)+/i, '')
    .split(/,| ?\+ ?| & | and /)
    .map((place) => place.trim())
    .filter((place) => /^[a-z][\w./-]+$/i.test(place));
  if (/^(?:everywhere|throughout)$/i.test(rest)) return [`Move everything to ${what} ${version}`];
  const isNamed = places.length > 0 && places.every((place) => PLACE.test(place));
  return isNamed ? places.map((place) => `Move ${place} to ${what} ${version}`) : [];
}
/** Where a version is pinned. */
const PLACE =
  /^(?:ci|cd|compose|docker|docker-compose|dockerfile|images?|prod|production|staging|stage|dev|local|k8s|helm|charts?|pipelines?|backend|frontend|server|client|api|app|worker|workers|runner|runners|web|mobile|tests?|e2e|all|lockfile|toolchain|devcontainer|nix|terraform|ansible|lambda|cluster|package\.json|\.nvmrc|go\.mod|pom|gradle|[\w-]+\.(?:ya?ml|toml|json|lock|mod|xml))$/i;
