/** How the sections and steps of plans are named. */

/** Sections that hold no work, by how their heading begins. */
export const ASIDE =
  /^(?:the )?(?:(?:high[- ]level |executive |technical |project |problem |current |existing |key |important |success |acceptance |exit |test(?:ing)? |manual |open |known |design |non-?functional )*)(?:context|goals?|objectives?|aims?|background|overview|summary|tl;?dr|motivation|problems?|issues?|root causes?|causes?|why|rationale|analysis|findings|investigation|research|current (?:state|behaviou?r|situation|architecture)|state|statement|behaviou?r|verif(?:ication|y(?:ing)?)|validation|testing|tests?(?: (?:plan|strategy|cases|scenarios|coverage))?|strategy|qa|checks?|how to (?:test|verify)|criteria|definition of done|done when|expected (?:results?|outcomes?|behaviou?r)|outcomes?|results?|metrics|risks?|mitigations?|concerns|caveats|limitations|trade-?offs?|considerations|out[- ]of[- ]scope|not in scope|non[- ]?goals?|won'?t do|what (?:this|we).{0,20}\bnot\b.*|excluded|exclusions|scope(?: note)?s?|notes?|remarks?|files?(?: (?:to (?:be )?(?:modify|modified|change|changed|create|created|edit|touch|update|add)|modified|changed|affected|involved|touched))?|(?:affected|modified|changed|critical|relevant|key|new|related) files?.*|files? .{0,30}|structure|directory structure|questions?|unknowns|decisions?|assumptions?|constraints?|prerequisites?|requirements? met|alternatives?(?: considered)?|options? considered|references?|links?|resources|see also|appendix|glossary|examples?|usage|api reference|architecture|data flow|diagram|timeline|estimates?|effort|schedule|dependencies|rollback(?: plan)?|bug location|location|edge cases?|impact|benefits?|security considerations|performance considerations|how it works|what already works|already done|done|completed)\b/i;
/** Of several words only these are sure to be no work: `Tests to write` and `Files to delete` are. */
export const IS_WORK_AFTER_ALL = /\b(?:to (?:write|delete|remove|add tests)|to[- ]?do|tasks?|steps)\b/i;
/** Sections whose list is the work, surely. */
export const STEPS =
  /\b(?:steps?(?:[- ]by[- ]step)?|to[- ]?dos?|tasks?|task list|checklist|order of (?:work|implementation|execution)|(?:implementation|execution) (?:order|sequence|steps?|plan|phases?|checklist|tasks?)|phases|milestones|action items|work items|next steps|what to do|work breakdown|deliverables|schritte|aufgaben|umsetzung|étapes|tâches|pasos|tareas|шаги|задачи|этапы)\b|手順|ステップ|步骤|任务/iu;
/** Sections in which work is described, in a list or under headings of its own. */
export const WORK =
  /^(?:the |proposed |planned |required |necessary |suggested |code |detailed |technical |main |core |recommended )*(?:(?:[\w-]+ ){0,2}(?:changes|modifications|updates|work)$|changes?|modifications?|implementation(?: details?)?|plan|fix(?:es)?|solutions?|approach|proposal|work|design changes|edits|what (?:changes|to change|we(?:'ll| will) (?:do|build|change))|features?|requirements?|scope of work|improvements?|refactor(?:ing|ings)?|migration|build|änderungen|plan|changements|cambios|изменения|план)\b/iu;
/** `Phase 2: …`: its list is finer than it is. `Step 2: …` is the work itself. */
export const PHASE =
  /^(?:phase|stage|milestone|part|week|day|sprint|iteration|track|workstream|epic|wave|etappe|фаза|этап)\s+(?:\d{1,2}|[a-z]|[ivx]{1,4}|one|two|three|four|five)\b\s*(?:\([^)]{0,40}\))?\s*[:.–—-]?\s*/iu;
export const STEP =
  /^(?:step|task|change|fix|bug|issue|item|commit|schritt|étape|paso|шаг)\s+#?(\d{1,2}|[a-z])\b\s*(?:\([^)]{0,40}\))?\s*[:.)–—-]?\s*/iu;
export const NUMBERED = /^(?:\(?(\d{1,2})(?:\.\d{1,2}(?=\s)|(?:\.\d{1,2})?[.):])|#(\d{1,2}):?)\s+/;
/** A step that only looks whether all is well. */
export const CHECK =
  /^(?:verify\b|validate (?:that|the (?:changes|fix|result)s?)|confirm (?:that|the|it)|manual(?:ly)?\b|(?:re-?)?run (?:all |the |full |whole |entire |existing |unit |integration |e2e |complete )*(?:tests?|test suite|suite|linters?|lint|checks?|type-?checks?|build|ci|`?(?:npm|pnpm|yarn|go|cargo|mise|make|pytest|mvn|gradle|dotnet|tox|jest|vitest)\b)|check (?:that|whether|if|all|everything)|make sure\b|ensure (?:that |all )?(?:the )?(?:existing )?(?:tests?|build|ci|lint)|test (?:that|manually|end[- ]to[- ]end|everything|it|the (?:whole|full|complete))|all tests pass|tests pass|(?:npm|pnpm|yarn|go|cargo|mise|make) (?:run|test|build)|(?:done|success) (?:when|if)|(?:goal|context|why|note|risk|reason|background|purpose|rationale|root cause|files?|tests?|verification)\s*:)/i;
export const NO_CHANGE =
  /(?:^|[:–—-]\s*)(?:no[- ]op\b|no changes?\b|unchanged\b|nothing to (?:do|change)|leave (?:it |this )?as (?:it )?is|already (?:done|works|exists))/i;
