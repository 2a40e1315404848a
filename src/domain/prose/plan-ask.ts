/** A user's message that hands over a plan: a short request, then the plan itself. */

export interface PlanAsk {
  /** What is asked, without the plan; empty where the message is nothing but the plan. */
  readonly ask: string;
  readonly plan: string;
}

/** How far into a message the request for its plan stands. */
const WITHIN = 600;
const NAME = String.raw`(?:plan|specs?|specifications?|design(?: doc)?|proposal|rfc|prd|steps|tasks|task list|to-?do list|todos|checklist|roadmap|instructions|outline|changes|items|requirements|ticket|blueprint)`;
const DOING = String.raw`(?:implement|execute|carry out|follow|work through|go through|work on|build|do|apply|start(?: on| with| implementing)?|begin(?: with)?|proceed with|go ahead with|continue with|complete|finish|realise|realize|make|deliver|tackle)`;
/** `Implement the following plan:`, `please execute this spec`, `work through the steps below`. */
const ASKED = new RegExp(
  String.raw`\b${DOING}(?:ing)?\s+(?:(?:all|each|every one)\s+(?:of\s+)?)?(?:(?:the|this|that|these|those|my|our|following|attached|agreed|approved|below|above|next|whole|full|entire|implementation|migration|refactoring|development|project|technical|feature|detailed|new|updated|revised|final)\s+){1,5}(?:\w+\s+)?${NAME}\b`,
  'i',
);
/** `Here is the plan:`, `Plan:`; `implement this:` */
const SHOWN = new RegExp(
  String.raw`^(?:(?:ok(?:ay)?|great|hi|hey|so|now)[,.!]?\s+)?(?:(?:here(?:'s| is| are)|below is|this is)\s+(?:the|my|our|a|what)\s+(?:\w+\s+){0,3}${NAME}\b[^\n]{0,80}|(?:the\s+)?(?:\w+\s+)?${NAME}\s*:|(?:please\s+)?(?:implement|do|build|execute)\s+(?:this|the following|as follows)\s*:?)\s*$`,
  'im',
);
/** An opinion, a summary or another plan is wanted, or the plan is not to be carried out. */
const OTHERWISE =
  /\b(?:do not|don't|dont|not yet|before (?:you|we) (?:implement|start))\b[^\n]{0,40}\b(?:implement|start|execute|build|change|code)|\b(?:review|critique|comment on|summari[sz]e|explain|think (?:of|about)|thoughts on|opinion|feedback|improve|rewrite|refine|translate|estimate|check|compare|poke holes)\b[^\n]{0,60}\b(?:plan|spec|specification|proposal|rfc|design|steps)\b|\b(?:write|draft|make|create|prepare|propose|come up with|suggest)\s+(?:me\s+)?(?:a|an|another|the)\s+(?:\w+\s+){0,3}(?:plan|spec|proposal|rfc|design)\b/i;
const FORM =
  /^(?:#{1,6}[ \t]+\S|[ \t]*(?:[-*+•]|\d{1,3}[.)]|(?:step|phase) \d+[:.)]?)[ \t]+\S|\*\*[^*\n]{2,80}\*\*:?[ \t]*$)/gim;
const PLAN_TITLE =
  /^#{1,3}[ \t]+(?:[^\n]{0,60}\b(?:implementation plan|plan|spec(?:ification)?|rfc)\b|plan:)[^\n]{0,80}$/i;

/** Whether a user's message asks to carry out a plan or a specification that it holds. */
export function looksLikePlan(text: string): boolean {
  return splitPlan(text) !== null;
}

/** The request and the plan, where a user's message holds both; else null. */
export function splitPlan(text: string): PlanAsk | null {
  const start = text.trimStart();
  if (start.length < 40) return null;
  if (PLAN_TITLE.test(lineAt(start, 0))) return isFormed(start) ? { ask: '', plan: start } : null;
  const cut = firstForm(start);
  if (cut === null) return null;
  const ask = start.slice(0, cut).trim();
  if (ask === '' || ask.length > WITHIN || OTHERWISE.test(ask) || /\?\s*$/.test(ask)) return null;
  const asks = ASKED.test(ask) || SHOWN.test(ask);
  const plan = start.slice(cut).trim();
  return asks && isFormed(plan) ? { ask, plan } : null;
}

const lineAt = (text: string, from: number): string => {
  const end = text.indexOf('\n', from);
  return text.slice(from, Math.min(end < 0 ? text.length : end, from + 300));
};

/** Where the first heading or list item stands. */
function firstForm(text: string): number | null {
  FORM.lastIndex = 0;
  const match = FORM.exec(text.slice(0, WITHIN * 3));
  return match === null || match.index > WITHIN * 2 ? null : match.index;
}

/** A plan has two headings or items at least. */
function isFormed(text: string): boolean {
  FORM.lastIndex = 0;
  const part = text.slice(0, 20_000);
  return FORM.exec(part) !== null && FORM.exec(part) !== null;
}
