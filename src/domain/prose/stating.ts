/** What states a priority, by what it means. English, and the plainest ways of six other languages. */
import { cued, type Cued } from '../cue/index.js';
import type { Priority } from '../model.js';
import { DEADLINES, HARM, LITTLE, OPEN_DOORS } from './stakes.js';

const FROM = String.raw`(?<![\p{L}\p{N}_-])`;
const TO = String.raw`(?![\p{L}\p{N}_]|['’]s|[.-][\p{L}\p{N}])`;
const any = (...forms: readonly string[]): Cued => cued(new RegExp(`${FROM}(?:${forms.join('|')})${TO}`, 'iu'));

const LEVELS: readonly (readonly [Priority, string])[] = [
  ['critical', 'critical|blocker|highest'],
  ['high', 'high|urgent|top|major'],
  ['medium', 'medium|moderate|normal|med|mid|middling|middle|average'],
  ['low', 'low|lowest|minor|trivial|nit|cosmetic|optional|nice to have|nice-to-have'],
];

/** A level that somebody put to it: `(high)`, `[low]`, `priority: medium`, `low-priority`, `P2`. It outweighs what the rest implies. */
export const LABELS: readonly (readonly [Priority, Cued])[] = [
  ...LEVELS.flatMap(([priority, names]) => [
    [
      priority,
      cued(new RegExp(String.raw`[([](?:${names})(?:[- ](?:priority|prio|severity|impact|risk))?[)\]]`, 'i')),
    ] as const,
    [
      priority,
      any(`prio(?:rity)?(?:\\s?[:=]\\s?| is (?:now )?| of )(?:${names})|severity\\s?[:=]\\s?(?:${names})`),
    ] as const,
    [priority, cued(new RegExp(String.raw`^(?:${names})\s?:\s`, 'i'))] as const,
    [priority, any(`(?:${names})[- ](?:priority|prio)`)] as const,
  ]),
  // `retries are next sprint, medium in the backlog`: put to it behind a comma.
  ...LEVELS.map(
    ([priority, names]) =>
      [
        priority,
        cued(
          new RegExp(
            String.raw`^(?!.*\b(?:set|switch|from|between|levels?|quality|volume|high|medium|low)\b.{0,60}\b(?:high|medium|low)\b).{8,160}[,;–—] ?(?:${names.split('|').slice(0, 2).join('|')})(?: prio(?:rity)?)?(?: (?:in|on|for) the (?:backlog|list|board))?[.! ]*$`,
            'i',
          ),
        ),
      ] as const,
  ),
  ['critical', any(`(?:prio ?[:=]? ?|priority ?[:=] ?)(?:0|zero)`)],
  ['high', any(`(?:prio ?[:=]? ?|priority ?[:=] ?)(?:1|one)`)],
  ['medium', any(`(?:prio ?[:=]? ?|priority ?[:=] ?)(?:2|two)`)],
  ['low', any(`(?:prio ?[:=]? ?|priority ?[:=] ?)(?:3|4|5|three|four|five)`)],
  ['critical', cued(/(?<![\w/.-])(?:P0|SEV-?[01])(?![\w]|[/.-]\w)/)],
  ['high', cued(/(?<![\w/.-])(?:P1|SEV-?2)(?![\w]|[/.-]\w)/)],
  ['medium', cued(/(?<![\w/.-])(?:P2|SEV-?3)(?![\w]|[/.-]\w)/)],
  ['low', cued(/(?<![\w/.-])(?:P[345]|SEV-?[45])(?![\w]|[/.-]\w)/)],
];

/** Says that it does not press, in the very words that others press with. */
export const CALM = any(
  String.raw`(?:not|nothing|isn't|aren't|ain't|nowhere near|hardly|never|less|neither|non) ?-?(?:(?:at all|that|so|very|too|really|super|particularly|terribly|an?|yet|exactly) )*(?:urgent|critical|pressing|important|high[- ]prio(?:rity)?|a priority|a blocker|blocker|emergency|time[- ]critical|in a hurry)`,
  String.raw`(?:no|(?:not|isn't|aren't) in (?:a|any)|not any|without any)(?: real| big| particular| great| immediate)? (?:rush|hurry|urgency|time pressure|pressure)`,
  String.raw`(?:doesn't|does not|don't|do not|needn't) (?:(?:need|have) to )?be (?:done |fixed |finished |ready )?(?:today|now|right away|immediately|urgent|tonight)`,
  String.raw`(?:keine eile|(?:eilt|drängt|pressiert) (?:(?:aber|überhaupt|gar|wirklich|jetzt|auch|noch|absolut) )*nicht|nicht (?:so |sehr )?(?:dringend|eilig|wichtig)|hat (?:noch )?zeit|pas (?:si |très )?(?:urgente?|pressée?)|rien ne presse|sin prisa|no (?:es urgente|corre prisa)|sem pressa|não é urgente|не ?срочно|не к спеху|не горит)`,
);
export const CALM_SIGNS = cued(
  /急ぎではな|急ぎじゃな|急ぎません|急がな|緊急ではな|不急|不着急|不用急|不紧急|不緊急|급하지 않/u,
);

const DOWN =
  'down|offline|dead|on fire|unreachable|unavailable|locked out|standing still|at a (?:complete |total )?stand ?still|stopped|dark|broken|unusable|out|frozen|hosed|bust|not responding|in flames|burning';
const BETWEEN =
  '(?: (?:system|site|server|servers|cluster|environment|api|app|database|db|shop|store|is|are|was|went|has|have|been|gone|gone|completely|totally|all|currently|now|again|still|basically|just)){0,4}';

/** Production down, data lost. */
export const CRITICAL: readonly Cued[] = [
  any(...HARM),
  any(
    `(?:prod|production|live|the (?:whole |entire )?(?:site|website|shop|platform|company)|whole (?:site|system|platform)|our (?:site|website|shop)|all (?:customers|users))${BETWEEN} (?:${DOWN})|everything is (?:${DOWN})`,
    String.raw`(?:down|outage|crash(?:es|ing)) (?:in|on) (?:prod|production)|(?:broken|failing) in (?:prod|production)`,
    String.raw`(?:production|prod|full|complete|total|major|service) outage`,
    String.raw`(?:dead|broken|down|failing|fails|crash(?:es|ing)|erroring|not working|unusable)(?: \S+){0,2} (?:in|on) (?:prod|production|live)`,
    String.raw`(?:in|on) (?:prod|production|live)(?: \S+){0,3} (?:throws?|throwing|answers?|answering|returns?|returning|gives?|fails?|failing|crashes|is dead|is broken|doesn't (?:work|load|start))`,
    String.raw`(?:live|production|prod) (?:site|shop|system|server|api|backend|checkout)(?: \S+){0,2} (?:throws?|throwing|answers?|returns?|returning|gives?|fails?|failing|crashes) `,
    String.raw`(?:losing|loses|lost|costs? us|costing us|bleeding) (?:\p{L}+ ){0,2}(?:money|sales|revenue|customers)`,
    String.raw`(?:customers|users|people|clients|patients|guests|drivers) (?:can't|cannot|can not|are unable to|aren't able to) (?:\p{L}+ )?(?:log ?in|sign in|pay|check ?out|order|buy|book|use it)`,
    String.raw`(?:overwrit(?:es|ing|ten)|destroy(?:s|ing|ed)|eats|eating) (?:\p{L}+ ){0,2}(?:data|records|orders|saves|savegames|backups?|history)|backups? (?:has|have) been (?:empty|failing|broken)`,
    String.raw`data[- ]loss|los(?:e|es|ing|t) (?:\p{L}+ ){0,2}(?:data|orders|payments|records)|corrupt(?:s|ing|ed)? (?:\p{L}+ ){0,2}(?:data|database|records|backups?)|(?:deletes|deleting|wipes|wiping) (?:\p{L}+ ){0,2}(?:customer|user|production|prod) data`,
    String.raw`(?:nobody|no one|none of (?:the|our) (?:users|customers)|no (?:user|customer)s?) can (?:log ?in|sign in|pay|check ?out|order)`,
    String.raw`(?:an|this is an|real) emergency|emergency:|mission[- ]critical|show[- ]?stopper`,
    String.raw`(?:produktion|produktivsystem|prod|live-?system) (?:ist|steht|liegt) (?:down|still|lahm|am boden|offline)|datenverlust|prod(?:uction)? est (?:tombée?|en panne|down)|perte de données|producción (?:está )?caíd[ao]|pérdida de datos|produção (?:está )?fora do ar|perda de dados|прод(?:акшн)? (?:лежит|упал|не работает)|потеря данных`,
  ),
  cued(
    /(?<![\w-])(?<!(?:mark(?:ed)? as|level|log|time|set to|an?|on) )critical(?![\w-]|:| -)|(?<![\w-])(?:is|it's|a|this is) (?:really |absolutely |very )?critical(?: (?:bug|issue|problem|fix|for|to|that|one))?(?![\w-])/i,
  ),
];
export const CRITICAL_SIGNS = cued(
  /本番(?:環境)?が?(?:落ち|停止|ダウン|止ま)|障害発生|データ(?:損失|が消)|生产(?:环境)?(?:挂了|宕机|崩了)|线上(?:挂了|宕机|崩了)|数据丢失/u,
);

/** What happens at once is as often how a program behaves. */
const NOT_BEHAVIOUR = String.raw`(?<!(?:return|exit|fail|close|abort|respond|block|crash|die|stop|start|quit|disconnect|expire|break|show|appear|happen|run|fire|die|update|finish|load|end)(?:s|e[sd]|d|ing|ped)? )`;
const PUBLIC =
  'release[sd]?|releasing|launch(?:es|ed|ing)?|ships?|shipped|shipping|go-?live|live|roll(?:s|ed)? out|rollout|production|announcement|cut-?over|beta|rc\\d?';

/** Urgent, today, security, in the way of a release. */
export const HIGH: readonly Cued[] = [
  any(...DEADLINES, ...OPEN_DOORS),
  any(
    String.raw`(?<!(?:mark|flag|label|tag)(?:s|ed)? (?:\p{L}+ )?as )urgent(?:ly)?|urgency|asap|a\.s\.a\.p\.?|as soon as (?:possible|you can|humanly possible)|time[- ](?:critical|sensitive)|without delay|drop everything|pressing (?:issue|matter|problem|one)`,
    String.raw`${NOT_BEHAVIOUR}(?:right|straight) ?away`,
    String.raw`right now,? (?:please|pls)|(?:please|pls) [^.?!]{1,60} (?:right now|this minute|at once)(?=[.!]|$)|before (?:tonight|tomorrow|this evening)['’]s (?:\w+ )?(?:run|release|demo|deploy\w*|launch|meeting|call|backup|batch|job|import|export|build|show|game|match|event)`,
    String.raw`(?:within|in) (?:the (?:next )?hour|an hour|the next (?:few |two |three )?(?:hours|minutes)|(?:two|three|a couple of|a few) hours)|(?:do|take|fix|handle) (?:that|this|it|that one|this one) first|before (?:anything|everything) else|(?:right|just) now(?=[!.,;)]|$)`,
    String.raw`(?:any(?:one|body)|every(?:one|body)|strangers|guests) can (?:read|see|download|delete|access|open|edit|change) (?:other|all|any|every|our|the|each)`,
    String.raw`(?:top|first|number one|highest|absolute) (?:priority|prio)|(?:very|really|super|extremely|most) important`,
    String.raw`(?:by|before|until) (?:the )?(?:end of (?:the )?(?:day|business)|eod|cob|tonight|this evening|noon|lunch)|(?:still|later|done|ready|fixed|out|in|by|before|until) today|by the end of today|(?<!(?:does|do|doing|did|handles?|takes?|runs?) (?:that|it|this|them) )tonight`,
    String.raw`(?:can(?:'t|not| not)|must(?:n't| not)|won't|are not going to|aren't going to|shouldn't|should not) (?:ship|release|launch|go live|roll out|publish|cut) (?:(?!if\b|when\b)[\w.-]+ ){0,4}?(?:with|without|until|unless|before|like (?:this|that))`,
    String.raw`(?<!(?:ad|script|content|cookie|popup|pop-up|tracker) )(?:is|are|it's|its|that's|this|an?|the|release|launch|hard|real|still)(?: (?!ad|script|content|cookie|popup)\p{L}+)? blocker|(?:blocks|blocking|holds up|holding up|stops us from|gates|gating) (?:(?:the|our|this|next|whole|entire|\d[\w.]*|v\d[\w.]*|upcoming|everything|all|everyone|of) )*(?:release|launch|deploy(?:ment)?s?|roll-?out|go-live|team|everyone|everybody|us|shipping|shipment|customers?|sprint|migration|demo)|release[- ](?:blocker|blocking|critical)`,
    String.raw`before (?:(?:the|our|this|we|it|that|they|i|you|goes|go|is|are|can|next|upcoming|public|final|first|any|a|of|to|in|gets?|v?\d[\w.]*|[\p{L}'’]{2,14}) ){0,4}(?:${PUBLIC})`,
    String.raw`security[- ](?:hole|issue|bug|problem|risk|vulnerability|flaw|fix|patch|incident|leak|reasons?|concern|hazard|breach|gap|relevant)s?|security-(?:critical|sensitive)|for security|vulnerabilit(?:y|ies)|vulnerable|cve-\d+(?:-\d+)?|(?:sql|command|code|shell|prompt|header) injection|path traversal|privilege escalation|remote code execution|rce|xss|ssrf|auth(?:entication|orization)? bypass`,
    String.raw`(?:tokens?|secrets?|passwords?|keys?|credentials?|certificates?|accounts?|customer data|it|they) (?:(?:has|have|is|are|was|were|been|got|counts?|count|probably|now|must be|considered|as) )+(?:compromised|leaked|exposed|stolen|public)|leaks (?:\p{L}+ ){0,2}(?:tokens?|secrets?|passwords?|keys?|credentials?|customer data|personal data)|(?:leaked|exposed|compromised|stolen) (?:\p{L}+ ){0,2}(?:tokens?|secrets?|passwords?|keys?|credentials?)|(?:credential|token|secret|password|key) (?:leak|exposure)`,
    String.raw`(?:dringend|eilt|eilig|sofort|schnellstmöglich|so schnell wie möglich|heute noch|noch heute|bis heute abend|sicherheitslücke|urgente?s?|au plus vite|dès que possible|d'urgence|faille de sécurité|hoy mismo|lo antes posible|cuanto antes|o quanto antes|o mais rápido possível|ainda hoje|срочно|как можно (?:скорее|быстрее)|сегодня же|уязвимость|высокий приоритет|hohe priorität|haute priorité|alta prioridade?)`,
  ),
  cued(
    /(?<![\w-])(?:fix|do|stop|revoke|rotate|address|needed|needs?|deploy|ship|handled?|done|fixed|change[d]?|replaced?|disabled?|removed?|act|please|attention)\b[^.;!?]{0,50}\bimmediately\b(?! (?:after|when|before|on|if|upon|once|following))/i,
  ),
  cued(/(?:^|[ (])today(?=[!.,;)]|$| (?:please|pls|if|and|because|as it|since|too|already|so|:|-|–|—|or)\b)/i),
];
export const HIGH_SIGNS = cued(
  /至急|緊急|急ぎで|急いで|今日中|本日中|できるだけ早く|脆弱性|优先级高|紧急|尽快|马上|立即|立刻|漏洞|今天(?:之内|内|就|必须)|긴급|급합니다|오늘 (?:안에|중)/u,
);

const WHO = '(?:you|we|i|someone|somebody|anyone|there)';
const FREE =
  '(?:(?:some|a|an|the|any|more|bit|of|enough|spare|free|little|quiet|idle|few|couple) )*(?:time|chance|minutes?|moments?|seconds?|bandwidth|capacity|slack|opportunity)';

/** Nice to have, some day, no rush. */
export const LOW: readonly Cued[] = [
  any(...LITTLE),
  any(
    String.raw`nice[- ]to[- ]have|would (?:also |really |still )?be (?:nice|neat|cool|sweet|lovely|cute)|some ?day|one (?:fine|quiet|rainy) day|some ?time (?:later|in the future|when|down the road)|at some (?:later )?(?:point|time|stage)|in the long run|eventually,|in the distant future`,
    String.raw`when(?:ever)? ${WHO}(?:'ve| have|'s| is| has)?(?: ever)?(?: have| has| gets?| got| finds?| is| are)?(?: ever)? ${FREE}|when(?:ever)? (?:you|we|i)(?: a|')re (?:bored|free|in the mood|less busy|idle)|when(?:ever)? (?:you feel like it|it suits(?: you)?|convenient|time (?:permits|allows)|things (?:are|get|have|calm|quiet|slow|settle)(?: (?:a bit|calm|quiet|slow|calmer|quieter|slower|calmed|slowed|settled|down))*)`,
    String.raw`if ${WHO}(?: ever)?(?:'s| is| have| gets?| find|'ve)(?: ever)? ${FREE}|if (?:time (?:permits|allows)|(?:you|we)(?: get|'re| are) (?:ever )?bored|(?:you|we) have nothing better to do)|in (?:your|our|my) (?:spare|free) time|on a (?:rainy|quiet|slow) day`,
    String.raw`not that it matters|one of these days|some time or other|when(?:ever)? (?:you|we|i) (?:get|come) (?:to it|round to it|around to it)|if (?:you|we)(?: a|')re ever bored|cosmetic(?: only| thing| stuff)?(?=[.,;:!?)]|$)|can sit in the backlog|nothing depends on it|i'm not holding anything`,
    String.raw`low[- ]hanging fruit|minor (?:thing|nit|polish|issue|detail|improvement|annoyance|point|one)|(?:purely|only|just|merely) cosmetic|nitpick|(?:on the )?back ?burner|bonus points?|stretch goal|not a big deal|no big deal|take your time`,
    String.raw`(?:can|could|may|might) (?:(?:happily|easily|also|well|probably|definitely|certainly|just|all|safely|totally|absolutely) )*wait(?! (?:for|on|up|at|\d))|whenever(?=[.,;:!?)]|$)`,
    String.raw`(?:irgendwann|bei gelegenheit|wenn (?:mal )?zeit ist|wenn du (?:mal )?zeit hast|niedrige priorität|wäre (?:schön|nett)|un jour|à l'occasion|quand (?:tu auras|vous aurez|on aura) le temps|ce serait bien|algún día|cuando (?:tengas|tengamos|haya) tiempo|prioridad baja|estaría bien|um dia|quando (?:tiver|houver|der) tempo|prioridade baixa|seria bom|когда-нибудь|при случае|как-нибудь|когда будет время|низкий приоритет|было бы (?:неплохо|хорошо))`,
  ),
];
export const LOW_SIGNS = cued(
  /いつか|そのうち|時間(?:が|の)?(?:あるとき|ある時|があれば|できたら)|暇なとき|手が空い|有空|以后再说|以後再說|有时间(?:的话|再)|优先级低|優先度:?低|언젠가|시간 날 때/u,
);
