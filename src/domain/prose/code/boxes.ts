/**
 * Unchecked boxes of a plan or a to-do list. A box in a handbook, a template or a list that is gone through every time is
 * nobody's work: which of both a document is, its name, its headings and its boxes say.
 */
import { outlineOf } from '../outline.js';
import { markerOf, type Marker } from './markers.js';

const PLAN_NAME =
  /(?:^|[/\\._\s-])(?:to[- ]?dos?|tasks?|plans?|planning|roadmap|backlog|milestones?|sprint[\w-]*|next-?steps|progress|status|remaining|punch-?list|worklog|follow-?ups?|hand-?off|notes|scratch|wip|implementation[\w-]*plan|migration[\w-]*plan)(?=$|[/\\._\s-])/i;
/** Names of what is read and copied again and again. */
const LASTING_NAME =
  /(?:^|[/\\._\s-])(?:templates?|examples?|samples?|handbook|guides?|guidelines|contributing|code_of_conduct|pull_request_template|issue_template|runbooks?|playbooks?|onboarding|how-?tos?|tutorials?|process(?:es)?|policy|policies|style|skills?|commands?|agents?|prompts?|readme|changelog|security|wiki|faq|reference|conventions?|rules|standards?|sop|claude|agents|copilot-instructions)(?=$|[/\\._\s-])/i;
const PLAN_HEADING =
  /\b(?:to[- ]?dos?|tasks?|plan|roadmap|backlog|milestones?|sprint|next steps|remaining|still open|open (?:items|points|work|tasks)|outstanding|left to do|follow-?ups?|action items|in progress|up next|progress|work items|phase \d+|stage \d+|implementation|steps)\b|^(?:aufgaben|offen|plan|noch zu tun|nächste schritte|à faire|pendientes?|tareas|задачи|план|сделать)\b|やること|残り|待办|计划/iu;
const LASTING_HEADING =
  /\b(?:templates?|examples?|how (?:we|to)|guide(?:lines)?|handbook|runbook|playbook|conventions?|contributing|definition of done|acceptance criteria|before (?:you|every|each|submitting|opening|a release)|every (?:release|time|pull request|pr)|pull requests?|code review|review checklist|release checklist|pr checklist|checklist for|onboarding)\b/i;
/** What everyone who opens a pull request ticks. */
const ROUTINE =
  /^(?:i (?:have|'ve|agree|confirm|understand|did)\b|my (?:code|changes)\b|(?:tests?|docs?|documentation|changelog|screenshots?) (?:added|updated|included|pass(?:es|ing)?|are)\b|this (?:pr|change|pull request)\b|no secrets\b|all (?:new and existing )?tests pass\b)/i;

/** @param isPiece whether the text is a part that an edit puts into a document, not the whole of it */
export function boxesIn(text: string, path: string, isPiece: boolean): readonly Marker[] {
  const lines = outlineOf(text);
  const name = path.replaceAll('\\', '/').split('/').slice(-3).join('/');
  const file = name.slice(name.lastIndexOf('/') + 1);
  const isPlanByName = PLAN_NAME.test(file) || PLAN_NAME.test(name.slice(0, name.lastIndexOf('/') + 1));
  if (LASTING_NAME.test(name) && !PLAN_NAME.test(file)) return [];
  if (/template|example|sample/i.test(file)) return [];
  const boxes = lines.filter(({ checked }) => checked !== null);
  const isLived = boxes.some(({ checked }) => checked === true) && boxes.some(({ checked }) => checked === false);
  const found: Marker[] = [];
  const headings: (string | undefined)[] = [];
  for (const line of lines) {
    if (line.kind === 'heading') {
      headings[line.level] = line.text;
      headings.length = line.level + 1;
    }
    if (line.checked !== false || ROUTINE.test(line.text)) continue;
    const over = headings.flatMap((heading) => heading ?? []);
    if (over.some((heading) => LASTING_HEADING.test(heading))) continue;
    if (!(
      isPlanByName ||
      isLived ||
      over.some((heading) => PLAN_HEADING.test(heading)) ||
      (isPiece && over.length === 0 && PLAN_NAME.test(name))
    )) {
      continue;
    }
    const marker = markerOf('box', line.text, `- [ ] ${line.text}`);
    if (marker !== null) found.push(marker);
  }
  return found;
}

/** `TODO: …` as a line or item of a plan; `* TODO …` of an outline in Org. */
export function todoLinesIn(
  text: string,
  path: string,
  format: 'markdown' | 'org' | 'text' | 'other',
): readonly Marker[] {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (/template|example|sample/i.test(file)) return [];
  if (format === 'org') {
    return text.split('\n').flatMap((line) => {
      const words = /^\*{1,8}[ \t]+(?:TODO|NEXT|WAITING)[ \t]+(?:\[#[A-C]\][ \t]+)?(\S.{0,300})$/.exec(line)?.[1];
      return (words === undefined ? null : markerOf('todo', words.replace(/[ \t]+:[\w:@]+:$/, ''), line.trim())) ?? [];
    });
  }
  if (format === 'other' || !PLAN_NAME.test(file) || (LASTING_NAME.test(file) && !/to-?do|plan|roadmap/i.test(file)))
    return [];
  return outlineOf(text).flatMap((line) => {
    const words = /^(?:\*\*)?(?:TODO|FIXME)(?:\([^)\n]{0,40}\))?(?:\*\*)?[:：](?:\*\*)?[ \t]*(\S.*)$/.exec(
      line.text,
    )?.[1];
    return (words === undefined || line.kind === 'heading' ? null : markerOf('todo', words, line.text)) ?? [];
  });
}
