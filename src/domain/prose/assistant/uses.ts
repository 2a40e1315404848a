/** What people do with a thing, as against what must happen before work goes on. */

/** Somebody's use of a thing, which no work waits for: `until somebody queries it`. */
export const isUse = (what: string): boolean =>
  /^(?:some(?:body|one)|any(?:body|one)|nobody|whoever|an? [\p{L}-]+|the [\p{L}-]+|you|they|he|she|it|one)(?: (?:first|really|actually|next|else|then))*\s+(?:quer|use|open|click|ask(?:s|ed)? for|log|visit|request|look|scroll|press|hit|touch|need|load|read|typ|edit|select|drag|call(?:s|ed)? it|expire|reload|reconnect|sav|close|leav|enter|subscribe|search|fetch|render|change)/iu.test(
    what.trim(),
  );

/** What somebody who uses a program does, as the subject of what it then does: `Holding B jumps to the end`. */
const HANDLING =
  /^(?:hold|press|click|tapp?|typ|dragg?|dropp?|select|choos|hover|swip|scroll|enter|double-click|long-press|hitt?|pick|lett?|sign|logg?|reload|refresh|shak|pinch|zoom|pull|leav|submitt?|sav|call|pass|sett?|runn?)ing\s/i;
const THEN_DOES =
  /\s(?!(?:tests?|logs?|builds?|results?|files?|changes?)\b)(?:jumps?|opens?|closes?|shows?|hides?|takes?|gives?|returns?|goes|brings?|resets?|moves?|starts|stops|ends|leads|works|fails|keeps|lets|skips|sends|does|leaves|turns|saves|loads|selects|clears|toggles|prints|adds|removes|cancels|plays|pauses|sorts|jumps|yields|throws|raises|creates|deletes|updates|switches|marks|fills|no longer|now)\s/i;

/** Whether the gerund it begins with is no work that is under way. */
export function isHowTo(text: string): boolean {
  return (
    HANDLING.test(text) && THEN_DOES.test(text.slice(0, 160)) && !/\b(?:to see|what|how|which|whether)\b/i.test(text)
  );
}
