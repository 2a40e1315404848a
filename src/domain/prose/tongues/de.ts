/** German: the verb of an order stands first, an infinitive last, and what parts from a verb after all else. */
import { headOf, unled } from './grammar.js';
import { EMPTY, LATER, LATER_WORDS } from './de-words.js';
import { infinitiveOf, ofParticiple, PARTICLES, VERBS } from './de-verbs.js';
import { plainly, start, titled, without, word } from './text.js';
import type { Request, Tongue } from './tongue.js';

const MANNERS = start(
  `(?:ok|okay|ja|nein|super|prima|danke|gut|klar|genau|hi|hallo|hey|moin|servus|guten morgen|also|dann|und|und dann|danach|anschließend|außerdem|auch|noch|nochmal|ach|ach ja|achso|ach so|bitte|jetzt|nun|erst|zuerst|zunächst|als erstes|als nächstes|zum schluss|zuletzt|schließlich|mal|kurz|schnell|einfach|übrigens|btw|aber|doch|da|eventuell|vielleicht|am besten|wenn du schon dabei bist|nebenbei|claude|sorry|naja|hm+|eins noch|noch was|noch eins|noch eine sache|nur|gleich|gerne|gern|sauber|perfekt|top|cool|sehr gut|alles klar|passt|ausserdem|weiterhin|zusätzlich|ferner|bei der gelegenheit|vergiss nicht|vergiss bitte nicht|denk (?:bitte )?(?:auch )?daran|denk dran|nicht vergessen)`,
);
const POLITE = word(
  `bitte|mal|doch|mir|uns|gerne|gern|einfach|kurz|schnell|eben|gleich|mir mal|please|danke|wieder(?= bitte)|auch|noch|dann|jetzt|direkt|halt|lieber`,
  'gu',
);
const PRONOUN =
  /^(?:(?:das|es|dies|dieses|sie|die|den|der|ihn|alles|so|dann|dies alles|das alles|beides|beide|dir|mal|dort|da|hier|dem|darum|davon|dazu|sich|nach|an|um|den fehler|das problem|den bug|dieses problem|diesen fehler|was|etwas|damit|dran)\s*)+$/u;
const ARTICLE = /^(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer)\s+/iu;
const FRAME = word(
  `(?:kannst|könntest|würdest|magst|willst|sollst|solltest|musst|müsstest|darfst) du|(?:könnt|könntet) ihr|(?:können|könnten|würden|müssen|sollen|müssten|sollten) (?:sie|wir)|(?:wir|du|man) (?:müssen|sollten|müssten|sollen|könnten|musst|solltest|müsstest|kannst|könntest|muss|müsste|sollte|soll|könnte)|(?:muss|müsste|sollte|soll|könnte|kann) man|ich (?:möchte|will|würde gern|würde gerne|hätte gern|hätte gerne)|lass uns|bitte`,
);
const WISH =
  /^(?:(?:ich|wir) (?:brauche|brauchen|hatte gern|hatte gerne|hatten gern|hatten gerne|wunsche mir|mochte|mochten|will|wollen)|es (?:braucht|fehlt|fehlen)|(?:da |hier |uns |mir |noch )*(?:fehlt|fehlen)(?: mir| uns)?)(?: (?:noch|auch|bitte|außerdem|ausserdem|unbedingt|jetzt|dringend|hier|da|gern|gerne))*\s+/u;
/** `irgendwann wäre eine Warteliste schön`. */
const DREAMT =
  /^((?:\p{L}+ ){0,4}(?:ware|waren|fande ich|fanden wir) (?:(?:noch|auch|ja|echt|mal) )*)((?:ein|eine|einen|so ein|so eine|mehr) .{2,80}?) (?:noch |auch |ganz |echt |sehr |wirklich )*(?:schon|toll|super|nett|gut|praktisch|klasse|cool|hilfreich|fein|hubsch|prima|sinnvoll|angenehm)$/u;
const DREAMT_LAST =
  /^()((?:ein|eine|einen|so ein|so eine) .{2,80}?) (?:ware|fande ich|fanden wir) (?:noch |auch |ganz |echt |sehr |wirklich |irgendwann |mal )*(?:schon|toll|super|nett|gut|praktisch|klasse|cool|hilfreich|fein|hubsch|prima|sinnvoll|angenehm)$/u;
const WANT_THAT =
  /^(?:ich (?:mochte|will|hatte gern|wunsche mir)|wir (?:mochten|wollen)|achte darauf|sorg dafur|sorge dafur|stell sicher|stelle sicher|pass auf),? (?:auch )?dass? /u;
const NEGATION =
  /(?:^|\s)(?:lass .{1,60} in ruhe|nicht|nichts|nie|niemals|kein|keine|keinen|keinem|keiner|keines|ohne|finger weg|blos nicht)(?![\p{L}])(?! (?:mehr )?(?:\p{L}{3,}(?:ten|te|ter|tes|ene|enen|nde|nden)) \p{L})/u;
const NOUNISH = new Set(
  'test log cache plan filter update bau start stopp lauf druck suche frage halt find fehl loch form bitte teil melde nutze laden sende richte reiche grenze lange liste'.split(
    ' ',
  ),
);
const ANSWERS = new Set(
  'erklaren erklären zeigen prüfen prufen überprüfen schauen anschauen ansehen gucken vergleichen beschreiben finden suchen zusammenfassen listen auflisten zählen pushen committen mergen rebasen sagen analysieren untersuchen nachsehen nachschauen angucken durchlesen lesen reviewen messen ausführen'
    .split(' ')
    .map(plainly),
);
const ANSWERING =
  /^(?:tests? .{0,20}(?:laufen lassen|ausfuhren|starten)|.{0,20}(?:pr|mr|pull request|merge request|commit) (?:aufmachen|erstellen|machen|anlegen|offnen)|bescheid (?:geben|sagen))$/u;
const INTERRUPTED = /\s+(?:wie|als|da|bis|seit|vor allem|z\.b\.|zum beispiel)\s.*$/u;

/** `die Spalte` → `Spalte`; before an adjective, whose ending hangs on it, it stays. */
const unarticled = (text: string): string =>
  text.replace(ARTICLE, (article, at: number) => (/^\p{Ll}/u.test(text.slice(at + article.length)) ? article : ''));
const join = (verb: string, object: string): string => {
  const said = unarticled(object);
  return said === '' ? verb : `${said} ${verb}`;
};

function made(verb: string | null, object: string): Request | null {
  const said = without(object.replace(/\?+\s*$/u, ''), POLITE).replace(/^[\s,:.-]+|[\s,;:.!?]+$/gu, '');
  const low = plainly(said);
  const title = titled(verb === null ? unarticled(said) : join(verb, said));
  const plain = plainly(title);
  const isAnswer = verb !== null && (ANSWERS.has(plainly(verb)) || ANSWERING.test(plain));
  return title.length < 3
    ? null
    : { title, kind: isAnswer ? 'answer' : 'change', isBare: low === '' || PRONOUN.test(low) };
}

/** The infinitive at the end, and what stands before it; `X umbenennen`, `neu trainieren lassen`. */
function atEnd(text: string): { readonly verb: string; readonly object: string } | null {
  const match = /^(.*?)\s*(?<!\p{L})([\p{L}-]+)(?:\s+(?:wie|statt|anstatt|für|für den|in|mit|zu)\s[^,]{3,60})?$/u.exec(
    text,
  );
  const last = /(?:^|\s)([\p{L}-]+)$/u.exec(text)?.[1] ?? '';
  for (const verb of [last, match?.[2] ?? '']) {
    const at = text.lastIndexOf(verb);
    const before = text.slice(0, at).trim();
    if (verb === '' || /^\p{Lu}/u.test(verb) || /(?:^|\s)zu$/iu.test(before)) continue;
    const infinitive = infinitiveOf(verb);
    if (infinitive !== null)
      return { verb: verb.toLowerCase(), object: `${before} ${text.slice(at + verb.length)}`.trim() };
  }
  return null;
}

function request(clause: string): Request | null {
  const bare = clause.replace(/[\s.!…]+$/u, '');
  const isReminded = /(?:vergiss|denke?) .{0,20}(?:nicht|daran|dran),?\s/iu.test(bare);
  const isPolite = /(?:^|\s)bitte(?:\s|$)/iu.test(bare);
  const text = unled(bare, MANNERS);
  const plain = plainly(text);
  if (text.length < 3 || NEGATION.test(plain)) return null;
  const asked = text.replace(/\?+\s*$/u, '').trim();
  const due = isReminded ? /^(.*?)\s*(?:(\p{Ll}+zu\p{Ll}+en|\p{Ll}+zu\p{Ll}+n)|zu (\p{Ll}+n))$/u.exec(asked) : null;
  const verb = due === null ? null : (ofParticiple(due[2] ?? '') ?? due[3] ?? null);
  if (verb !== null) return made(verb, due?.[1] ?? '');
  const want = WANT_THAT.exec(plain);
  if (want !== null) return made(null, asked.slice(want[0].length));
  const frame = FRAME.exec(plain);
  if (frame !== null && frame[0] !== 'bitte') {
    const rest = `${asked.slice(0, frame.index)} ${asked.slice(frame.index + frame[0].length)}`.trim();
    const found = atEnd(rest) ?? anyAtEnd(rest);
    if (found !== null && found.object.split(/\s+/).length < 30) return made(found.verb, unled(found.object, MANNERS));
  }
  const [first, after] = headOf(asked);
  const low = plainly(first);
  const order = VERBS.orders.get(low) ?? VERBS.infinitives.get(low);
  const isOrder =
    order !== undefined &&
    (!NOUNISH.has(low) ||
      /^(?:bitte |mal )*(?:den|die|das|dem|ein|eine|einen|mir|uns|alle|es|ihn|sie|noch)(?!\p{L})/iu.test(after) ||
      (/^\p{Ll}/u.test(first) && after !== '')) &&
    !/^(?:ich|er|man|wir)(?![\p{L}])/u.test(plainly(after));
  if (isOrder) return ordered(order, after);
  const wish = WISH.exec(plain);
  if (wish !== null) return made(null, asked.slice(wish[0].length));
  const dreamt = DREAMT.exec(plain) ?? DREAMT_LAST.exec(plain);
  const dream =
    dreamt === null ? '' : asked.slice(dreamt[1]?.length ?? 0, (dreamt[1]?.length ?? 0) + (dreamt[2]?.length ?? 0));
  if (dream !== '') return made('einbauen', dream);
  const obliged = OBLIGED.exec(plain);
  if (obliged !== null && obliged.index >= 2) return passive(asked, obliged);
  // A verb alone is a word; with what is done to it, a request.
  const found = FINITE.test(plain) ? null : atEnd(asked);
  if (found !== null && (found.object !== '' || isPolite)) return made(found.verb, found.object);
  const noun = isPolite && asked.split(' ').length >= 2 && !FINITE.test(plain) ? asked : null;
  return noun === null ? null : made(null, noun);
}

const FINITE = word(
  `ist|sind|war|waren|hat|haben|wird|werden|wurde|kann|können|konnte|muss|müssen|soll|sollen|ich|er|habe|hab|geht|gibt|läuft|steht|macht|tut|will|wollen|wer|was|warum|wieso|weil|dass`,
);
const OBLIGED =
  /\s(?:muss|mussen|musste|mussten|soll|sollen|sollte|sollten|gehort|gehoren)(?: (?:noch|auch|bitte|unbedingt|erst|außerdem|ausserdem|dann|wieder))*(?:\s|$)/u;

/** `X muss umbenannt werden`; `die Tabelle soll Y zeigen`. */
function passive(text: string, match: RegExpExecArray): Request | null {
  const subject = text.slice(0, match.index).trim();
  if (PRONOUN.test(plainly(subject)) || subject.split(/\s+/).length > 8) return null;
  const rest = text.slice(match.index + match[0].length);
  const done = /^(.*?)\s?([\p{L}]+) werden$/u.exec(rest.trim());
  const verb = done === null ? null : ofParticiple(done[2] ?? '');
  return verb === null ? made(null, text) : made(verb, `${subject} ${done?.[1] ?? ''}`.trim());
}

/** After `could you`, whatever ends like an infinitive is one. */
function anyAtEnd(text: string): { readonly verb: string; readonly object: string } | null {
  const match = /^(.*\s)?(\p{Ll}{2,}(?:en|ern|eln))$/u.exec(text.trim());
  return match === null ? null : { verb: match[2] ?? '', object: (match[1] ?? '').trim() };
}

/** `nimm die Spalte raus` → `Spalte rausnehmen`. */
function ordered(verb: string, after: string): Request | null {
  const rest = after.replace(/^(?:Sie|ihr)\s+/u, '');
  const match = /^(.*?)\s*(?<!\p{L})(\p{Ll}+)$/u.exec(rest.trim());
  const particle = match?.[2] ?? '';
  if (match !== null && PARTICLES.has(plainly(particle))) return made(particle + verb, match[1] ?? '');
  const inner =
    /^(\S+(?:\s\S+){0,5}?)\s(ein|raus|rein|hinzu|um|an|aus|ab|auf|weg|hoch|runter|zurück|zusammen|vor)\s((?:wie|und|für|mit|in|bis|statt|als|zu|damit)\s.*)$/u.exec(
      rest,
    );
  if (inner !== null)
    return made(
      (inner[2] ?? '') + verb,
      `${inner[1] ?? ''} ${inner[3] ?? ''}`.replace(INTERRUPTED, (tail) => tail),
    );
  return made(verb, rest);
}

const MINE = /(?<!\p{L})(?:([\p{Ll}]+) (?:ich|wir)|ich ([\p{Ll}]+))(?!\p{L})/iu;

/** `gehen wir die Kalibrierung an` → `Kalibrierung angehen`. */
function promised(clause: string): string | null {
  const match = MINE.exec(clause);
  const verb = plainly(match?.[1] ?? match?.[2] ?? '');
  const infinitive = VERBS.infinitives.get(verb) ?? VERBS.orders.get(verb);
  if (match === null || infinitive === undefined) return null;
  const said = `${clause.slice(0, match.index).replace(/^das (?:mit|von|zu) (?:de[mnr] )?/iu, '')} ${clause.slice(match.index + match[0].length)}`;
  const rest = without(without(said, LATER_WORDS), EMPTY)
    .replace(/[\s.!,]+$/u, '')
    .trim();
  const request = ordered(infinitive, rest);
  return request === null || request.isBare ? null : request.title;
}

const part = (source: string): RegExp => word(source);

export const de: Tongue = {
  seams:
    /(?<!vergiss (?:bitte )?nicht|denke? (?:bitte |auch )*(?:daran|dran))[,;:!?…]\s+|\.\s+|\s[–—-]\s|\s\(|\)\s?|,?\s(?:und zwar|und|sowie|aber|oder)\s/gu,
  and: /^,?\s(?:und|sowie|oder)\s$/u,
  subordinate:
    /^(?:wenn|falls|sobald|solange|damit|weil|da sonst|sodass|so dass|um|obwohl|bevor|nachdem|wahrend|bis|dass|welche[rsn]?|wo|wie|ob|sofern|statt|ohne dass|denn|indem|(?:die|der|das|den|dem) (?:wir|ich|man|sich|nicht|er|sie|es|du|ihr|immer|noch|schon|beim|im|am|von|auf|gerade|jetzt|nur|bei)) (?!.*\s(?:setzen|deaktivieren|entfernen|loschen|umbenennen|hinzufugen|anpassen|andern|einbauen|ersetzen|aktualisieren|umstellen|testen|prufen|verschieben|ausbauen|aufraumen|dokumentieren)$).*\s(?:\p{L}+)$|^(?:wenn|falls|sobald|solange|damit|weil|sodass|um|obwohl|bevor|nachdem|wahrend|dass)\s/u,
  request,
  forbids: NEGATION,
  notYet: part(
    `(?<!immer )(?<!immer)(?:jetzt |heute |erst ?mal |vorerst |zunächst )?(?<!immer )noch nicht|nicht (?:jetzt|heute|sofort|gleich|vor)|erst (?:nach|wenn|ab|nächste|nächsten|morgen|später|am)|vorerst nicht|erstmal nicht|fürs erste nicht|später`,
  ),
  later: word(LATER),
  failing: part(
    `stürzt(?: .{0,40})? ab|abgestürzt|abstürzt|abstürzen|stürzen(?: .{0,40})? ab|crasht|crashen|crashed|gecrasht|schlägt(?: .{0,60})? fehl|schlagen(?: .{0,60})? fehl|fehlschlägt|fehlgeschlagen|hängt(?: sich| sich auf)?|hängen geblieben|friert(?: .{0,30})? ein|einfriert|eingefroren|wirft(?: .{0,30})? (?:fehler|exception|[\\w.]*error)|(?:ist|sind|war|liegt|alles) (?:down|tot|offline|lahm)|läuft in (?:einen |ein )?timeout|timeout|startet nicht|starten nicht|antwortet nicht|lädt nicht|baut nicht|kompiliert nicht|nicht (?:mehr )?erreichbar|(?:fehler|error|status) 5\\d\\d|liefert (?:einen |ein )?5\\d\\d|bricht(?: .{0,40})? ab|abgebrochen|exception|fliegt(?: .{0,30})? (?:fehler|exception)|oom\\S*|segfault`,
  ),
  wrong: part(
    `geht (?:\\S+ ){0,3}nicht(?: mehr)?|funktioniert (?:\\S+ ){0,3}nicht|funktionieren nicht|tut (?:\\S+ )?nicht|kaputt(?! machen)|falsch(?:e|en|er|es)?|fehlerhaft|fehlt|fehlen|doppelt|zweimal|verschoben|verrutscht|abgeschnitten|überlappen|überlappt|zu (?:langsam|groß|klein|lang|breit|laut|viel|viele|spät)|langsam|ruckelt|flackert|leer|veraltet|verschwindet|verschwunden|nicht (?:aktualisiert|gespeichert|angezeigt|gefunden|gesendet|übersetzt|lesbar|klickbar|sichtbar|verschickt|übernommen)|keine einheitlich\\S+|uneinheitlich|inkonsistent|unleserlich|passt nicht|stimmt nicht|stimmen nicht|bug|tippfehler|rot`,
  ),
  still: part(`immer noch|noch immer|nach wie vor|weiterhin|schon wieder|wieder|trotzdem`),
  works: part(
    `(?:es |das |jetzt )?(?:geht|funktioniert|läuft|klappt)(?: es| das| alles)?(?: jetzt| wieder| nun)(?! nicht)|(?:jetzt|nun) (?:geht|funktioniert|läuft|klappt)(?: es| das| alles)?(?! nicht)|passt jetzt|klappt(?! nicht)|sieht gut aus`,
  ),
  finished: part(
    `(?:habe|hab|haben) (?:ich|wir)? ?(?:.{0,80})(?:schon|bereits|gerade|eben|inzwischen|selbst|selber)? ?(?:erledigt|gemacht|geändert|gefixt|behoben|widerrufen|rotiert|gelöscht|entfernt|verschickt|geschrieben|gemeldet|eingetragen|aktualisiert|deployed|ausgerollt|umgestellt|freigegeben|gesetzt|hochgeladen|abgeklärt|geklärt|installiert)|(?:ist|sind) (?:schon |bereits |jetzt |inzwischen )*(?:erledigt|behoben|gefixt|gelöst|durch|freigegeben|gemerged|deployed|live|fertig)`,
  ),
  promise: part(
    `(?:mache|mach|schreibe|schreib|kläre|erledige|übernehme|frage|frag|schicke|prüfe|teste|teste ich|besorge|melde|rotiere|ändere|kümmere|kümmer|sage|sag) ich|ich (?:mache|mach|schreibe|schreib|kläre|erledige|übernehme|frage|frag|schicke|besorge|kümmere mich|kümmer mich|rede|spreche|sage|sag|rotiere|werde|bestelle|beantrage)(?! (?:mir|keine|das gefühl))`,
  ),
  plans: part(
    `(?:wir|man) (?:.{0,60} )?(?:an|machen|angehen|bauen|einbauen|anschauen|klären|nachziehen|umziehen|lösen|fixen|testen|erledigen|verschieben)$|(?:gehen|machen|bauen|schauen|klären|ziehen|nehmen|kümmern|ändern|fixen|testen|erledigen|lösen|heben|verschieben|besprechen) wir|kann (?:bis |noch )?(?:warten|später)|reicht|genügt|hat zeit|kommt|verschieben|folgt|kommt (?:dann|erst|danach)`,
  ),
  cancel: part(
    `vergiss(?! nicht| bitte nicht| auch nicht)|lass (?:das|es|den|die|ihn|sie|mal|uns)? ?(?:.{0,40})(?:weg|sein|bleiben|stecken)|lassen wir|(?:brauchen wir|brauche ich|braucht es|brauchst du|wird|ist|sind) (?:.{0,40})?(?:doch nicht|nicht mehr (?:nötig|gebraucht|nötig)|nicht mehr)$|brauchen wir (?:doch |gar )?nicht(?: mehr)?|(?:hat|haben) sich erledigt|streich(?:e|en)?|doch nicht|verwirf|abblasen`,
  ),
  hold: part(
    `warte(?! ich)|abwarten|stopp|halt(?! dich| die| das| den)|noch nichts? (?:mergen|deployen|veröffentlichen)|erst wenn`,
  ),
  yes: /^(?:(?:ah|ok|okay|super|danke|gut|prima|klar|perfekt)[, ]+)*(?:ja|jo|jep|jup|jawohl|gerne|gern|ok|okay|klar|mach das|mach mal|mach es so|mach|mach ruhig|bitte|bitte mach das|los|leg los|einverstanden|passt|klingt gut|gute idee|unbedingt|auf jeden fall|na klar|genau|in ordnung|machen wir so|so machen|tu das|ja bitte|freigegeben)(?![\p{L}])/u,
  no: /^(?:(?:ah|ok|okay|danke|hm+)[, ]+)*(?:nein|ne|nee|no|nö|nicht (?:notig|jetzt|heute|mehr)|lass mal|lass (?:es|das)|lieber nicht|besser nicht|brauchst du nicht|nicht notig|noch nicht|spater|ein andermal|passt so|reicht so|erst ?mal nicht)(?![\p{L}])/u,
  nudge:
    /^(?:(?:ok|okay|ja|gut|super|prima|perfekt|danke|dankeschon|vielen dank|besten dank|toll|klasse|sauber|top|cool|weiter|mach weiter|weitermachen|fahr fort|bitte|los|und|jetzt|hallo|hi|moin|guten morgen|verstanden|alles klar|sehr|schon|sieht gut aus|passt|genau|stimmt|nochmal|versuch es nochmal|noch mal|wo waren wir|wie weit bist du|dir|schonmal|klingt gut|so|mit|das|dem|plan|dann|an)[\s,.!?]*)+$/u,
  rest: part(`der rest|den rest|die (?:anderen|übrigen|restlichen)|alles andere|rest|übrige`),
  skip: part(
    `nein|nicht|nichts|kein|keine|lass|lassen|ignorieren|ignorier|weg|so lassen|absicht|gewollt|egal|überspringen|auslassen|streichen`,
  ),
  left: part(
    `(?:noch )?offen(?:e|en|er|es)?(?: punkte?| aufgaben)?|noch zu (?:tun|erledigen|klären|machen)|ausstehend(?:e|en)?|nächste(?:r|n)? schritte?|was (?:noch )?(?:fehlt|bleibt|offen ist|aussteht)|fehlt(?: noch)?|nicht (?:getestet|gemacht|umgesetzt|erledigt|enthalten|abgedeckt)|ungetestet|verbleibend(?:e|en)?|bleibt(?: noch)?(?: zu tun)?|rest(?:arbeiten|liche aufgaben)?|todo|to-do|to do|für später|später|noch nicht (?:erledigt|umgesetzt|getestet|gemacht|fertig)|(?:du|sie) (?:musst|müssen|solltest) noch|auf deiner seite|von dir|vor dem (?:release|deploy\\S*|go-?live|merge)|als nächstes`,
  ),
  ideas: part(
    `vorschläge?|ideen?|empfehlung(?:en)?|optional|mögliche (?:verbesserungen|erweiterungen)|hinweise?|anmerkungen?|verbesserungs\\S+`,
  ),
  cues: [
    {
      how: 'untested',
      form: part(
        `(?:(?:das |es |ich |habe ich |hab ich )*(?:habe|hab|haben|wurde|wurden|ist|sind|konnte|konnten)(?: ich| wir| es| das| die| den| sie)* )?(?:aber |noch |bisher |bislang |allerdings |selbst |hier |das |es |ich |davon |ebenfalls |auch |leider )*(?:nicht|nie|nichts)(?: mit| auf| unter| in| gegen)?([^,]{0,40}?) ?(?:getestet|testen|geprüft|prüfen|überprüft|verifiziert|ausprobiert|ausprobieren|gemessen|probiert|nachgemessen|durchgespielt)(?: worden| habe| hab| können| werden| wurde| wurden| ist| sind)?`,
      ),
      verb: 'testen',
    },
    {
      how: 'untested',
      form: part(
        `(?:ist|sind|bleibt|bleiben)(?: noch| bisher| also)* ungetestet|ungetestet(?: ist| sind| bleibt| bleiben)?(?: noch)?`,
      ),
      verb: 'testen',
    },
    {
      how: 'left',
      form: part(
        `(?:steht|stehen)(?: \\S+){0,3} aus(?:stehend)?|(?:fehlt|fehlen)(?: also| jetzt| nur| noch| allerdings)* ?noch|(?:ist|sind|bleibt|bleiben)(?: \\S+){0,2} (?:offen|zu tun|zu erledigen|ausstehend)|offen (?:ist|sind|bleibt|bleiben)(?: noch| nur| also| jetzt)*|(?:es )?fehlt (?:noch|nur noch|jetzt noch)|was (?:noch )?fehlt,? ist|ausstehend (?:ist|sind)(?: noch)?|bleibt(?: noch| also| nur noch)`,
      ),
      verb: null,
    },
    {
      how: 'left',
      form: part(
        `(?:ist|sind|habe|hab|haben|wurde|wurden|wird|werden)(?: ich| wir| es| das)*(?: aber| allerdings)? (?:noch nicht|bisher nicht|bislang nicht|noch nirgends)(?: mit)? ?(\\p{L}+(?:t|en))(?: worden)?`,
      ),
      verb: 'participle',
    },
    {
      how: 'before',
      form: part(
        `(?:muss|müssen|sollte|sollten)(?: \\S+){0,3} vor (?:dem|der) (?:release|deploy\\S*|go-?live|merge|auslieferung|rollout|produktivgang|livegang|veröffentlichung)|vor (?:dem|der) (?:nächsten )?(?:release|deploy\\S*|go-?live|merge|auslieferung|rollout|produktivgang|livegang|veröffentlichung) (?:muss|müssen|sollte|sollten|musst du|solltest du)(?: noch| unbedingt| aber)*`,
      ),
      verb: null,
    },
    {
      how: 'handed',
      form: part(
        `(?:du musst|musst du|sie müssen|müssen sie|du müsstest|müsstest du)(?: noch| dann| nur| selbst| einmal| allerdings| aber| bitte| das)*|(?:bitte )?(?:denk|denke)(?: noch| bitte)* (?:daran|dran),?|vergiss (?:bitte )?nicht,?|(?:muss|müssen) (?:noch|manuell|von hand)(?: noch)?|(?:steht|liegt) (?:jetzt |noch )?bei dir`,
      ),
      verb: null,
    },
    {
      how: 'next',
      form: part(
        `(?:als nächstes|als nächster schritt|im nächsten schritt|nächster schritt)(?: wäre| wären| steht| stehen| kommt| muss| müssen| ist| sollte| würde ich| müsste)?(?: noch| dann)?|(?:mache|machen|erledige|baue|ziehe|ergänze)(?: ich| wir)? (?:später|morgen|in einem (?:zweiten|eigenen|separaten|späteren) \\S+)|(?:lasse ich|lassen wir|verschiebe ich|verschieben wir|heben wir uns)(?: .{0,30})? (?:für|auf) (?:später|morgen|danach|den nächsten \\S+)`,
      ),
      verb: null,
    },
  ],
  infinitive: ofParticiple,
  whether: { form: /^(?:und |aber |nur )?ob\s/u, verb: 'Prüfen,' },
  unfinished: part(
    `(?:habe|hab) ich (?:noch |auch |bisher |dabei )*nicht (?:angefangen|begonnen|angefasst|geschafft|umgesetzt|fertig\\S*)|noch nicht (?:angefangen|begonnen|fertig|ganz fertig|umgesetzt|erledigt|gemacht|geschafft)|nicht (?:mehr )?(?:dazu gekommen|geschafft)|(?:steht|stehen|liegt|liegen|ist|sind) (?:noch|weiterhin|nach wie vor) (?:oben|unten|dort|da|drin|wie (?:vorher|zuvor|bisher)|unverändert|alt)|erst (?:halb|zur hälfte|teilweise)|halb fertig|(?:bin|sind) (?:ich|wir) noch (?:dran|dabei)|noch in arbeit`,
  ),
  begun: part(`halb|hälfte|teilweise|fertig|dran|dabei|in arbeit`),
  stuck: part(
    `(?:komme|kam|komm) (?:ich )?(?:\\S+ ){0,6}(?:nicht weiter|nicht ran|nicht dran|nicht hin)|(?:habe|hab) (?:ich )?(?:hier |dafür |dort |leider )*(?:keinen zugriff|keine rechte|keine berechtigung|keinen zugang)|(?:kann|konnte) ich (?:\\S+ ){0,6}nicht(?! (?:testen|prüfen|messen|ausprobieren|verifizieren))|(?:geht|ging|klappt|klappte|gelang) (?:\\S+ ){0,3}(?:nicht ohne|erst,? wenn|nicht weil)|(?:warte|warten) (?:ich |wir )?auf|blockiert|(?:brauche|bräuchte) ich (?:\\S+ ){0,4}(?:freigabe|zugriff|zugang|entscheidung|antwort|zugangsdaten|rechte)|(?:hat|ist) (?:\\S+ )?nicht (?:geklappt|funktioniert|gelungen)|fehlen mir (?:\\S+ )?(?:rechte|zugangsdaten)|fehlt mir (?:\\S+ )?(?:zugriff|zugang|recht|freigabe|entscheidung)`,
  ),
  offer:
    /^(?:(?:wenn du (?:willst|magst|mochtest)|falls du (?:willst|magst|mochtest)|auf wunsch|bei bedarf|gerne?)[, ]+(?:kann|konnte|mache) ich(?: auch| noch| dir| das)*|soll ich(?: auch| noch| dir| gleich| das)*|(?:mochtest|willst|magst) du,? dass ich(?: auch| noch)*|(?:ich kann|ich konnte|kann ich)(?: auch| noch| gerne?| dir)+)\s?/u,
  narration:
    /^(?:(?:ok|okay|gut|alles klar|verstanden|klar|perfekt|super|notiert)[,. ]+)*(?:ich (?:sehe|schaue|schau|gucke|prufe|lese|suche|fange|beginne|starte|lasse|passe|andere|teste|baue|werde|mache|nehme|kummere|fuhre|fuge|setze|korrigiere|behebe|ersetze|ziehe)(?! .*(?:jetzt nicht|nicht jetzt))|zuerst|erst|zunachst|jetzt (?:muss|schaue|prufe|passe|kommt|kommen|noch|fehlt)|dann (?:muss|schaue|passe)|als nachstes|nun|mal sehen|lass mich|ich muss)(?![\p{L}])/u,
  noted:
    /^(?:(?:ok|okay|gut|alles klar|klar)[,. ]+)*(?:notiert|vermerkt|ist notiert|verstanden|merke ich mir|alles klar|habe ich notiert|das (?:mache|lasse) ich (?:nicht jetzt|spater|fur spater))(?![\p{L}])/u,
  reports: part(
    `(?:ist|sind|steht|stehen) (?:jetzt |nun |wieder |alle |damit |ohne \\S+ \\S+ )*(?:\\p{L}*ge\\p{L}{2,}(?:t|en)|erledigt|fertig|drin|raus|behoben|entfernt|ersetzt|deaktiviert|aktualisiert|umbenannt|konfiguriert|\\p{L}+iert|die neuen \\S+)|(?:habe|hab) (?:ich )?.{0,80}(?:ge\\p{L}{2,}(?:t|en)|\\p{L}+iert|entfernt|ersetzt|behoben|ergänzt|erweitert|umbenannt|erstellt|hinzugefügt|eingebaut|angepasst|eingetragen)|erledigt|fertig`,
  ),
  supposes: part(
    `wenn du (?:willst|magst|möchtest)|falls (?:du|sie|nötig|gewünscht)|bei bedarf|könnte man|man könnte|vielleicht|eventuell|im prinzip|normalerweise|ich (?:empfehle|würde)|empfehlenswert|wäre (?:es )?(?:sinnvoll|gut|möglich)|optional|zum beispiel|wie gewünscht|wie besprochen|absichtlich|bewusst`,
  ),
  empty: EMPTY,
  join,
  tidied: (object) => {
    const done = /^(.*?)\s+(\p{Ll}+)$/u.exec(object);
    const verb = done === null ? null : ofParticiple(done[2] ?? '');
    return verb === null ? unarticled(object) : join(verb, done?.[1] ?? '');
  },
  promised,
  subject: (said) =>
    /(?<!\p{L})\p{Lu}[\p{L}\d-]{2,}/u.exec(
      said.replace(/^(?:Hab|Habe|Haben|Ich|Wir|Der|Die|Das|Den|Dem|Ein|Eine|Im|Am|Für|Bei|Auf|Mit|In)\s/u, ''),
    )?.[0] ?? '',
};
