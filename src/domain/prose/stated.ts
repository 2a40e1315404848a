/** Priorities that a text states in words. An urgent tone, a FIXME or an exclamation mark states none. */
import type { Priority } from '../model.js';
import type { Stated } from './model.js';

const MAX_TEXT = 2_000;
const B = String.raw`(?<![\p{L}\p{N}_-])`;
const E = String.raw`(?![\p{L}\p{N}_])`;
const any = (...forms: readonly string[]): RegExp => new RegExp(`${B}(?:${forms.join('|')})${E}`, 'iu');

/** Said not to press: looked for first, and taken out, since they hold the words of the others. */
const NOT_PRESSING = any(
  String.raw`(?:not|nothing|isn't|is not|aren't|ain't|nowhere near|hardly|never|less|non)[ -](?:(?:at all|that|so|very|too|really|super|particularly|terribly|an?|yet)\s)*(?:urgent|critical|pressing|important|high[ -]prio(?:rity)?|a priority|priority|blocker|emergency|time[ -]critical|in a hurry|security relevant)`,
  String.raw`no(?:t in)?(?: an?y?| real| big| particular| great)? (?:rush|hurry|urgency|priority|deadline|stress|pressure)`,
  String.raw`(?:doesn't|does not|don't) (?:need|have) to be (?:done )?(?:today|now|right away|immediately|urgent)`,
  String.raw`(?:keine eile|eilt nicht|nicht (?:so )?(?:dringend|eilig|wichtig)|hat (?:noch )?zeit|pas (?:si |très |tres )?(?:urgent|presse|pressé)|rien ne presse|sin prisa|no (?:es|corre) (?:urgente|prisa)|sem pressa|não (?:é|e) urgente|не срочно|не к спеху|не горит)`,
);
const NOT_PRESSING_CJK = /急ぎではな|急ぎじゃな|急ぎません|急がな|緊急ではな|不急|不着急|不紧急|不緊急|급하지 않/u;

const CRITICAL: readonly RegExp[] = [
  any(
    String.raw`(?:prod|production|live|the (?:site|website|shop|platform)|everything|whole (?:site|system|platform)|our (?:site|website|shop)|all (?:customers|users))(?: (?:system|site|server|servers|cluster|environment|api|app|database|db|is|are|was|went|has|been|gone|completely|totally|all|currently|now|again|still)){0,4} (?:down|offline|dead|broken|on fire|unreachable|unavailable|locked out)`,
    String.raw`(?:down|outage|broken|crash(?:es|ing)|failing|on fire) (?:in|on) (?:prod|production)`,
    String.raw`(?:production|prod|full|complete|total|major|service) outage|outage in prod(?:uction)?`,
    String.raw`data[ -]loss|los(?:e|es|ing|t) (?:\w+ ){0,2}(?:data|orders|payments|messages|records|customer data|writes)|corrupt(?:s|ing|ed) (?:\w+ ){0,2}(?:data|database|records|files|backups?)|(?:deletes|deleting|wipes|wiping) (?:\w+ ){0,2}(?:customer|user|production|prod) data`,
    String.raw`(?:nobody|no one|no user|no customer) can (?:log ?in|sign in|pay|check ?out|order|work)`,
    String.raw`emergency|sev[ -]?[01]|p0|prio(?:rity)?:? ?(?:0|critical)|severity:? ?(?:critical|blocker)|critical[ -]priority|mission[ -]critical|show[ -]?stopper`,
    String.raw`(?:produktion|prod|live-?system) (?:ist|steht|liegt) (?:down|still|lahm|am boden)|datenverlust|prod(?:uction)? est (?:tombée|tombee|en panne|down)|perte de données|producción (?:está )?caíd[ao]|pérdida de datos|produção (?:está )?fora do ar|прод (?:лежит|упал|не работает)|продакшн (?:лежит|упал)|потеря данных`,
  ),
  /(?<![\w-])critical(?![\w-])(?! (?:section|path|level|log|css|line|chars?|region|value|threshold|mass|rendering|errors? (?:are|is|in))\b)(?<!(?:mark(?:ed)? as|- |level |log |time |safety |security |set to )critical)/i,
  /本番(?:環境)?が?(?:落ち|停止|ダウン|止ま)|障害発生|データ(?:損失|が消)|生产(?:环境)?(?:挂了|宕机|崩了)|线上(?:挂了|宕机|崩了)|数据丢失/u,
];

const HIGH: readonly RegExp[] = [
  any(
    String.raw`urgent(?:ly)?|urgency|asap|a\.s\.a\.p\.?|as soon as (?:possible|you can|humanly possible)|right away|straight ?away|at once|pressing|time[ -](?:critical|sensitive)|without delay|drop everything`,
    String.raw`(?:high|higher|highest|top|first|number one)[ -]prio(?:rity)?|prio(?:rity)?(?::| is|=)? ?(?:high|1|urgent|top)|p1|sev[ -]?2|severity:? ?high|(?:very|really|super|extremely|most) important`,
    String.raw`(?:by|before|until) (?:the )?(?:end of (?:the )?(?:day|business)|eod|cob|tonight|this evening|noon|lunch)|(?:still|later) today|by today|tonight`,
    String.raw`(?:is|are|it's|its|that's|this|a|the|release|launch|hard|real|still)(?: \w+)? blocker|(?:blocks|blocking|holds up|holding up|stops|gates|gating) (?:(?:the|our|this|next|whole|entire|\d[\w.]*|v\d[\w.]*|upcoming|everything|all) )*(?:release|launch|deploy(?:ment)?|roll-?out|go-live|merge|team|everyone|everybody|us|ship(?:ping|ment)?|customers?|sprint|migration|demo)|release[ -](?:blocker|blocking|critical)`,
    String.raw`before (?:(?:the|our|this|we|it|that|they|i|you|goes|go|is|are|can|next|upcoming|public|final|first|any|a|of|v?\d[\w.]*|[\p{Lu}]\w*) ){0,5}(?:release[sd]?|releasing|launch(?:es|ed|ing)?|ship(?:s|ped|ping)?|go-?live|live|roll(?:s|ed)? out|rollout|production|prod|announcement|cut-?over)`,
    String.raw`security (?:hole|issue|bug|problem|risk|vulnerability|vulnerabilities|flaw|fix|patch|incident|leak|relevant|reasons?|concern|hazard|breach|update|finding|sensitive)|security-(?:critical|relevant|sensitive)|for security|vulnerabilit(?:y|ies)|vulnerable|cve-\d+(?:-\d+)?|(?:sql|command|code|shell|prompt|header) injection|path traversal|privilege escalation|remote code execution|rce|xss|csrf|ssrf|(?:been |was |were |are |is |got |as )?(?:compromised|leaked)|(?:credential|token|secret|password|key)s? (?:leak|exposure)|auth(?:entication|orization)? bypass`,
    String.raw`(?:anyone|anybody|everyone|everybody) (?:\w+ ){0,4}(?:can|could) (?:read|see|access|delete|edit|change|download|log in|impersonate|call)`,
    String.raw`dringend|eilt|eilig|sofort|schnellstmöglich|so schnell wie möglich|heute noch|noch heute|bis heute|sicherheitslücke|hohe priorität|urgente?|au plus vite|dès que possible|aujourd'hui|d'urgence|haute priorité|hoy mismo|lo antes posible|cuanto antes|alta prioridad|o quanto antes|o mais rápido possível|ainda hoje|alta prioridade|срочно|как можно (?:скорее|быстрее)|сегодня же|уязвимость|высокий приоритет`,
  ),
  /(?<![\w-])(?:fix|do|stop|revoke|rotate|address|needed|need|needs|deploy|ship|handle|handled|done|fixed|change|replace|disable|remove|act|please)\b[^.;!?]{0,50}(?<!(?:return|exit|fail|close|abort|respond|block|start|run|stop)s? )\bimmediately\b(?! (?:after|when|before|on|if|upon|once|following))/i,
  /(?:^|[ (])today(?:[!.,;)]|$| (?:please|pls|if|and|because|as it|since|too|already|so|:|-|–|—|before|or))/i,
  /[([](?:high|urgent|important|major)(?: (?:priority|prio|severity|impact|risk))?[)\]]|(?:^|[-–—] ?)\**(?:high|urgent)\**\s?:/i,
  /至急|緊急|急ぎ|今日中|本日中|できるだけ早く|大至急|脆弱性|优先级高|紧急|緊急|尽快|马上|立即|立刻|漏洞|今天(?:之内|内|就|必须)|긴급|급합니다|오늘 (?:안에|중)/u,
];

const MEDIUM: readonly RegExp[] = [
  any(
    String.raw`medium[ -]prio(?:rity)?|prio(?:rity)?(?::| is|=)? ?(?:medium|normal|2|med)|p2|sev[ -]?3|severity:? ?(?:medium|moderate)|moderate (?:priority|severity)|mittlere priorität|priorité moyenne|prioridad media|prioridade média|средний приоритет`,
  ),
  /[([](?:medium|moderate|med)(?: (?:priority|prio|severity|impact|risk))?[)\]]|(?:^|[-–—] ?)\**(?:medium)\**\s?:/i,
  /优先级中|中優先|優先度:?中/u,
];

const LOW: readonly RegExp[] = [
  any(
    String.raw`nice[ -]to[ -]have|would be (?:nice|neat|cool|sweet|lovely)|some ?day|one (?:fine |quiet |rainy )?day|some ?time(?: (?:later|in the future|when|down the road))|at some (?:later )?(?:point|time|stage)|in the long run|long[ -]term|when(?:ever)? (?:you(?:'ve| have| get|'re| are|'d| feel| find| like)|there(?:'s| is)|things (?:are|get|calm|quiet)|it (?:suits|is convenient)|i (?:have|get|find)|we (?:have|get|find)|somebody has|someone has|time (?:permits|allows)|convenient|bored)(?: (?:some|a|the|any|more|bit|spare|free|quiet|of|is|nothing|better|to do))*(?: (?:time|chance|minute|moment|bored|quiet|slow|calm|like|free|mood|do|down|breather|opportunity))?`,
    String.raw`if (?:there(?:'s| is) (?:ever )?(?:any )?(?:time|room)|time (?:permits|allows)|you (?:get|are|'re|have) (?:ever )?(?:bored|a (?:minute|moment|chance)|time|spare time|nothing better)|we (?:ever )?(?:have|get|find) (?:the |some )?time)|in (?:your|our|my) spare time|on a (?:rainy|quiet|slow) day`,
    String.raw`low(?:er|est)?[ -](?:prio(?:rity)?|hanging|urgency)|prio(?:rity)?(?::| is|=)? ?(?:low|minor|3|4|trivial)|p[345]|severity:? ?(?:low|minor|trivial)|sev[ -]?[45]|minor (?:thing|nit|polish|issue|detail|improvement|annoyance|point|one|cosmetic)|(?:purely |only |just )?cosmetic|nit(?:pick)?|back ?burner|wish ?list|bonus points?|stretch goal`,
    String.raw`(?:can|could|may) (?:(?:happily|easily|also|well|probably|definitely|certainly|just|all|safely|totally) )*wait|take your time|whenever|no big deal|if you(?:'re| are) bored`,
    String.raw`irgendwann|bei gelegenheit|wenn (?:mal )?zeit ist|niedrige priorität|wäre (?:schön|nett)|un jour|à l'occasion|quand (?:tu auras|vous aurez|on aura) le temps|priorité basse|ce serait bien|algún día|cuando (?:tengas|tengamos|haya) tiempo|prioridad baja|estaría bien|um dia|quando (?:tiver|houver|der) tempo|prioridade baixa|seria bom|когда-нибудь|при случае|как-нибудь|когда будет время|низкий приоритет|было бы (?:неплохо|хорошо)`,
  ),
  /[([](?:low|minor|nit|optional|trivial|cosmetic|nice to have)(?: (?:priority|prio|severity|impact|risk))?[)\]]|(?:^|[-–—] ?)\**(?:low|minor|nit|optional)\**\s?:/i,
  /いつか|そのうち|時間(?:が|の)?(?:あるとき|ある時|があれば|できたら)|暇なとき|手が空い|有空|以后再说|以後再說|有时间(?:的话|再)|将来|优先级低|優先度:?低|언젠가|시간 날 때/u,
];

/** Something hostile or plain must not pay for the patterns above: each needs one of these letters' groups. */
const WORTH_A_LOOK =
  /urgen|prio|critic|down|today|tonight|asap|a\.s\.|soon|right away|straight|at once|immediat|pressing|time[ -]|delay|everything|block|before|securit|vulnerab|cve|inject|travers|escalat|rce|xss|[cs]srf|leak|compromis|exposure|bypass|any(?:one|body)|every(?:one|body)|nobody|no one|outage|los[et]|losing|corrupt|delet|wip|emergen|sev|p\d|stopper|medium|moderate|med\b|nice|neat|cool|sweet|lovely|some|day|point|long|when|if |spare|low|minor|nit|cosmetic|burner|wish|bonus|stretch|wait|take your|big deal|rush|hurry|stress|pressure|deadline|important|broken|offline|dead|on fire|unreachable|unavail|locked|high|major|optional|trivial|end of|eod|noon|lunch|evening|hold|stop|gat(?:es|ing)|customer|[^\u0000-\u007f]|eil|dring|sofort|heute|bis |irgend|gelegen|niedrig|mittlere|hohe|sicherheit|daten|presse|aujourd|jour|vite|haute|basse|moyenne|serait|hoy|prisa|antes|alta|tiempo|baja|media|pressa|hoje|tempo|baixa|seria|um dia/i;

/** The priority that is stated and the words that state it; of several the most pressing, unless the text says that it is not. */
export function statedIn(text: string): Stated | null {
  const start = text.slice(0, MAX_TEXT);
  if (!WORTH_A_LOOK.test(start)) return null;
  const calm = NOT_PRESSING.exec(start) ?? NOT_PRESSING_CJK.exec(start);
  const rest = calm === null ? start : `${start.slice(0, calm.index)} · ${start.slice(calm.index + calm[0].length)}`;
  return (
    found('critical', CRITICAL, rest) ?? found('high', HIGH, rest) ?? found('medium', MEDIUM, rest) ?? low(rest, calm)
  );
}

function low(rest: string, calm: RegExpExecArray | null): Stated | null {
  return calm === null ? found('low', LOW, rest) : { priority: 'low', words: calm[0].trim() };
}

function found(priority: Priority, forms: readonly RegExp[], text: string): Stated | null {
  for (const form of forms) {
    const match = form.exec(text);
    if (match !== null) return { priority, words: match[0].trim() };
  }
  return null;
}
