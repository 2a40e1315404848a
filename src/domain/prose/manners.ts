/** How people ask without saying what: in front of a request, and behind it. */

const OFTEN = String.raw`(?:(?:please|pls|also|maybe|just|perhaps|possibly|then|quickly|kindly|now|next|at least|still|really|probably|only|first|finally|either|eventually|definitely) )*`;
const opening = (...forms: readonly string[]): RegExp => new RegExp(`^(?:${forms.join('|')})`, 'i');

/** Words between requests, with the sign that parts them. Before a noun many of them belong to it: `first column`, `good names`. */
export const INTERJECTION = new RegExp(
  String.raw`^(?:ok(?:ay)?|great|good|nice|perfect|cool|alright|all right|right|yes|yep|yeah|yup|no|nah|sure|thanks(?: a lot)?|thank you|thx|hi|hey|hello|oh|ah|hmm+|btw|by the way|wait|hold on|well|actually|meanwhile|fine|awesome|lovely|makes sense|agreed|sorry|great work|good job|looks good|lgtm|good morning|one more thing|one thing|another thing|last thing|quick one|fyi|so|anyway|besides|otherwise|in addition|additionally|furthermore|moreover|however|also|and|but|or|then|now|next|first(?: of all| off)?|firstly|second|secondly|third|thirdly|finally|lastly|afterwards?|after that|instead|again|still|in the meantime|for (?:later|now|the record)|at (?:some point|least)|some ?day|eventually|later(?: on)?|tomorrow|today|tonight|as (?:a |the )?(?:next|follow-?up|first|last|final)(?: step| thing)?|please|pls|plz|kindly|just|maybe|perhaps|ideally|preferably|if (?:you can|possible|you (?:have|find|get) (?:the |some )?time|you don't mind|you like|you want)|when you (?:can|have (?:some )?time|get a chance)|before (?:the release|we ship|this goes live|going live|merging|you merge|the next release)|go ahead and|feel free to|be so kind (?:and|to)|up next|what's next)(?:,|:|;|!|\.|\s[-–—])?\s+`,
  'i',
);

export const OPENINGS: readonly RegExp[] = [
  // What has to be done for something else: the something comes first.
  /^(?:for (?:this|that|it|the)|to|in order to|so that|before|once|after|if|when) [^.;:]{3,90}?,? (?:you|we|someone|somebody)(?:'ll| will| would)? (?:still |also |first |then )?(?:need|have) to /i,
  /^(?:next steps?|next up|next|remaining(?: work| steps?| items?)?|still (?:open|to do|missing|left)|open (?:points?|items?|tasks?|work)|to[- ]?dos?|fixme|hack|xxx|follow-?ups?|left(?: to do| over)?|outstanding|pending|(?:two|three|four|five|a few|some|several|couple of|more|other|\d+) (?:more |other |small |quick |last )?(?:things|tasks|points|requests|changes|items|asks)|action items?|task|request|bug|feature|note|urgent|important|(?:high|low|medium|top) prio(?:rity)?)(?:\([^)]{0,40}\)|\[[^\]]{0,40}\])?\s?(?:[:–—]|-\s)\s*/i,
  opening(
    `(?:could|can|would|will) (?:you|u|we|someone|somebody|anyone) ${OFTEN}(?:go ahead and |try (?:to )?|help me (?:to )?|help us (?:to )?|be so kind (?:and|to) )?`,
  ),
  opening(
    `(?:do you think |i was wondering if |i wonder if |any chance |is there (?:any |a )?chance |would it be possible |is it possible )(?:that |for )?(?:(?:you|we) )?(?:could |can |might |to )${OFTEN}`,
  ),
  opening(
    `(?:i|we)(?:'d| would)? ${OFTEN}(?:want|like|love|prefer|need)(?:ed)? (?:(?:you|us|it if you|someone) )?to ${OFTEN}`,
  ),
  opening(
    `(?:i|we|you|someone|somebody|one)(?:'ll| will| would|'d)? ${OFTEN}(?:need|needs|have|has|ought|want|got|plan|(?:'re|are|am|'m) (?:going|supposed)) ${OFTEN}to ${OFTEN}`,
  ),
  opening(
    `(?:i|we|you|someone|somebody)(?:'ll| will| should| must| shall| can| could| may| might|'d better| had better) ${OFTEN}(?:(?:need|have|want|like) to )?(?=\\w)`,
  ),
  opening(`(?:i'm|we're|i am|we are) (?:going|about|planning) to `),
  opening(`(?:let's|lets|let us) ${OFTEN}(?:try to )?`),
  opening(
    `it(?:'d| would) be (?:nice|good|great|cool|helpful|lovely|best|better|awesome|useful) (?:if (?:you|we) (?:could|can|would) |to )${OFTEN}`,
  ),
  /^(?:don't forget to|(?:please )?remember to|be sure to|make sure (?:to|you|that you)|remind me to|it(?: i|')s (?:necessary|important|time) to|time to|try to|help me (?:to )?|i suggest to|needs? to|ha(?:ve|s) to|want to|wanna|gotta|must|should|to) /i,
  /^(?:what's|what is) (?:left|missing|still open|next|still missing) is (?:to )?/i,
  /^(?:the |my |a |one )?(?:next|only|last|remaining|first|other|final|one|obvious|natural|logical)(?: remaining| open| missing| next| obvious| logical)? (?:thing|step|task|item|piece|part|point|job)s?(?: (?:to (?:do|try)|left|remaining|missing))?(?: (?:would be|is|are|will be))(?: still)?(?: to|:)? /i,
];
export const GERUND_OPENING =
  /^(?:(?:would|do) you mind|mind|how about|what about|start (?:by|with)|i suggest|consider|please start|think about) (?=\w+ing\b)/i;

/** `on the settings page: show …`: where it is to be done. */
export const PLACE =
  /^((?:on|in|for|at) (?:the|our|my|all|each|every|[\w./-]*[A-Z_./][\w./-]*) ?[^,:;.!?]{0,40}?)(?:,|:) (?=\w)/i;
export const NO_PLACE =
  /^(?:in|at|on|for) the (?:meantime|moment|end|future|long run|record|time being|other hand|way|side|beginning|first place)/i;

export const TAILS: readonly RegExp[] = [
  // What it is like now, or why, said after it.
  /(?:,| -| –| —) (?:it's|it is|they're|they are|there's|there is|that's|that is|this is|currently|at the moment|right now|i think|i guess|i'll|i will|i have|i've|we have|we're|you're|you can|which)\b.{0,400}$/i,
  /[\s,;:–—-]+(?:please|pls|plz|thanks|thank you|thx|ty|ok|okay|right|though|now|right now|right away|asap|immediately|for me|for us|first|next|as well|of course|again please|already|today|tonight|tomorrow|soon|later|yet|if (?:you can|possible|that's ok(?:ay)?|you don't mind|you like|you want|needed|necessary)|when you (?:can|have (?:time|a (?:minute|moment|second|chance)))|(?:while|when) (?:you(?:'re| are)|we(?:'re| are)|i(?:'m| am)) (?:at it|there|on it|in there|here)|at some point|some ?day|sometime|eventually|for (?:now|later|the moment|a start)|next (?:week|month|sprint|time)|this (?:week|afternoon|evening|morning)|(?:by|until|before|on|till) (?:the end of (?:the )?(?:day|week|month)|eod|tonight|tomorrow|today|noon|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|next week|next month|lunch)|and (?:let|tell) (?:me|us)(?: know)?(?: .{1,60})?|(?:can|could|would|will) you|no rush(?: at all)?|no hurry|not urgent|low prio(?:rity)?|high prio(?:rity)?|whenever you (?:can|like|have time)|(?<=, )(?:short|brief|quick|simple|nothing fancy|keep it (?:short|simple)|one page(?: only)?|a (?:few|couple of) lines))$/i,
  /[\s,;–—-]+(?:before|until|once|as soon as|when|after) (?:(?:this|it|that|we|the|our|they|all|everything|you|goes|go|is|next|\d[\w.]*|v\d[\w.]*) ){0,4}(?:release[sd]?|launch(?:es|ed)?|ships?|shipped|go-?live|live|works?|done|ready|merged|that|(?:gone )?out|finished|in|green|passes|pass|approved|agreed|confirmed|decided)$/i,
  /,? (?:and |but )?(?:then |also |please )*(?:make sure|ensure|be careful|take care|keep in mind|but (?:please )?(?:don't|do not)|without (?:changing|touching|breaking|affecting|modifying|altering)|because|since (?:it|the|we|they|that|this|i|you)|otherwise|as (?:agreed|discussed|requested|you asked|planned|it is|they are|we (?:discussed|said|agreed)))\b.{0,400}$/i,
];

/** All forms above that stand in front of a request begin with one of these; most titles begin with their verb. */
export const MANNERLY =
  /^(?:\d|(?:a|action|actually|additionally|after|afterwards?|again|agreed|ah|all|alright|also|and|another|any|anyway|as|at|awesome|be|before|besides|btw|bug|but|by|can|consider|cool|could|couple|do|don|eventually|feature|feel|final|finally|fine|first|firstly|five|fixme|follow|follow-?ups?|for|four|furthermore|fyi|go|good|gotta|great|hack|have|has|hello|help|hey|hi|high|hm+|hold|how|however|i|ideally|if|important|in|instead|is|it|just|kindly|last|lastly|later|left|lets?|lgtm|logical|looks|lovely|low|make|makes|maybe|meanwhile|medium|mind|more|moreover|must|my|nah|natural|needs?|next|nice|no|note|now|obvious|oh|ok|okay|on|once|one|only|open|or|other|otherwise|outstanding|pending|perfect|perhaps|please|pls|plz|preferably|quick|remaining|remember|remind|request|right|second|secondly|several|should|so|some|somebody|someday|someone|sorry|start|still|sure|task|thank|thanks|the|then|think|third|thirdly|three|thx|time|to|to-?dos?|today|tomorrow|tonight|top|try|two|up|urgent|wait|wanna|want|we|well|what|when|will|would|xxx|yeah|yep|yes|you|yup)\b)/i;

/** `(not started)`, `(high)`, `(when you have time)`: said about the request. */
export const ASIDE =
  /\s?\((?:(?:when|if|whenever) (?:you|possible|there|time)[^()]{0,60}|not (?:yet )?[a-z]+(?: yet)?|todo|pending|wip|open|please|optional|nice to have|critical|high|medium|low|minor|nit|trivial|urgent|see (?:above|below))(?: (?:prio(?:rity)?|severity|impact|risk))?\)/gi;
