/** Verbs that name work, in English: of programs and machines, then of offices. Base forms; `words.ts` inflects them. */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** As often a noun as a verb: `the build`, `test steps`. Only what stands around one says which it is. */
export const NOUN_OR_VERB: ReadonlySet<string> = set(`
  access address alert alias answer archive audit back backup batch benchmark block book boost branch break buffer build bump bundle
  cache call cap capture catch change chart check checkout clean click clone close code comment commit compile contact control copy
  count cover crop cut dash debug delay demo deploy design diff display document double download draft drain draw drill drive drop dry
  dump echo edit escape estimate exit export fade feed file fill filter finish fix flag flip flush focus fold force fork form format
  forward free freeze gate group guard guide handle hash help highlight hold hook host import increase index input insert install
  invoice issue join judge kick label land launch limit line link lint list load lock log login loop map mark mask match measure mention
  merge mirror mix mock monitor mount move name note offer open order outline output pack pad parse pass paste patch pause permit pin
  ping pipe place plan plot poll port post preload preview print process profile prompt prototype proxy prune publish pull purge push
  query queue quote rank rate rebase rebuild record redesign redirect refactor reference refresh release render repair repeat replay
  reply report request rerun research reserve reset restart restore retry return review rework rewrite rollback rollout rotate round
  route run sample save scale scan schedule score script scroll search secure seed select set setup shape share shift ship show sign
  signal skip sketch slice snapshot sort source split spread spot start step stop store stream strip stub style support survey
  swap switch sync tab tag template test throttle tidy toggle track transfer transform trap treat trigger trim try tune turn tweak type
  undo update upgrade upload use view visit warm watch weigh wire wrap zip`);

/** Hardly ever anything but a verb. */
const VERB: ReadonlySet<string> = set(`
  abort abstract accelerate accept acknowledge activate adapt add adjust adopt advertise aggregate align allocate allow amend
  analyse analyze animate annotate announce anonymise anonymize append apply appoint approve arrange ask assemble assess assign attach
  authenticate authorise authorize automate avoid backfill backport bisect blacklist bootstrap bring broadcast bring calculate
  calibrate cancel categorise categorize center centralise centralize centre certify choose clamp clarify classify clear collapse
  collect colour color combine compact compare complete compress compute concatenate condense configure confirm connect consolidate
  construct consume containerise containerize convert coordinate correct correlate create curate customise customize deactivate
  debounce decode decommission decouple decrease decrypt dedupe deduplicate defer define delegate delete deliver demote denormalise
  denormalize deprecate derive describe deserialise deserialize destroy detach detect determine develop diagnose disable disallow
  discard disconnect discuss dismiss distribute divide dockerise dockerize document downgrade eliminate email embed emit emulate
  enable encapsulate encode encrypt enforce enhance enlarge enqueue enrich ensure enter enumerate erase escalate establish evaluate
  evict examine exclude execute expand expire explain explore expose extend extract factor fetch figure finalise finalize find
  flatten follow formalise gather generalise generalize generate get give go grab grant hand harden harmonise harmonize hardcode hide
  hire hoist hydrate identify ignore implement improve include incorporate indent inform initialise initialize inject inspect
  instantiate instruct instrument integrate intercept internationalise internationalize introduce invalidate investigate invite invoke
  isolate itemise justify keep leave let limit locate localise localize look lower lowercase mail maintain make manage maximise
  maximize measure memoise memoize migrate minify minimise minimize mitigate modernise modernize modify modularise modularize multiply
  mute narrow negotiate nominate normalise normalize notify obfuscate obtain omit onboard optimise optimize orchestrate organise
  organize overhaul override overwrite paginate paint parallelise parallelize parameterise parameterize parametrise parametrize
  partition perform persist pick polish populate postpone prefetch prefix prepare prepend present preserve prettify prevent
  prioritise prioritize produce prohibit promote proofread propagate propose protect prove provide provision put quantise quantize
  quarantine raise randomise randomize read readd re-add re-check re-enable re-export re-run re-index re-test re-use re-implement
  re-deploy re-generate re-create re-order re-write re-open reactivate realign reassign rebalance recalculate recheck recompile
  recompute reconcile reconfigure reconnect reconsider reconstruct recover recreate recruit rectify redact redefine redeploy
  redistribute redo redraft redraw reduce reenable refine reformat refund regenerate register regroup reimburse reimplement reindex
  reinstall reintroduce reject relabel relax reload relocate remake remap remind remove rename render renew reopen reorder reorganise
  reorganize repackage rephrase replace replicate reposition reproduce reprocess rescale reschedule resend reshape resize resolve
  respond restructure restrict restyle resubmit resume resync retain retest rethink retire retitle retrain retrieve reuse revamp
  revert revise revisit revoke reword rewind rewire roll sandbox sanitise sanitize scaffold schedule scrape scrub seal see seek
  segment sell send separate serialise serialize serve settle sharpen shard shorten shrink shuffle shut silence simplify simulate slim
  smooth snooze soften solve specify speed spell squash stabilise stabilize standardise standardize stash stick stitch straighten
  streamline strengthen stretch stringify structure submit subscribe substitute subtract suggest summarise summarize supersede
  suppress surface suspend symlink synchronise synchronize take teach tear tell terminate thank throw tighten tokenise tokenize touch
  transcode transcribe transition translate transpile transpose traverse triage troubleshoot truncate tunnel unblock uncomment
  underline unhide unify uninstall unlink unload unlock unmount unpack unpin unregister unset unsubscribe untangle unwrap unzip
  uppercase upsert utilise utilize validate vary vectorise vectorize vendor verify version visualise visualize void warn whitelist
  widen wipe withdraw write yield zoom
  buy commission contribute correspond file greet interview moderate negotiate order pay phone proofread repay sponsor tally typecheck
  type-check unit-test smoke-test load-test double-check sanity-check cross-check lazy-load fact-check pre-compute precompute pre-fetch
  hotfix gitignore typeset benchmark retarget repurpose rebrand republish reship reroute resample reseed reprint respawn reattach
  reauthorise reauthorize reencrypt reenter reestablish reevaluate reexamine relink relocalise remeasure remediate remount repaint
  repair repopulate reregister rescan rescope reschedule reset restate restock restart restyle retag retranslate rotate salvage tame
  wean vacuum decorate delimit dequeue disentangle dispatch dissolve economise elevate emphasise emphasize equip exempt expedite
  falsify familiarise filter flesh fulfil fulfill fund garbage-collect gamify halve honour honor humanise impersonate implement inline
  intensify interpolate introduce justify left-align lengthen level liaise linearise mend mention minimalise nudge nuke number pare
  perfect permute persuade prioritise proceed program quantify quiesce quieten rearrange recap reclaim recommend recycle reflow
  relicense rewrap rightsize root-cause sequence shelve shield sidestep sift spawn sprinkle stagger standup steer subdivide subset
  swallow sweep tabulate taper tie tint tone trace transplant typecast unbundle unfold unmask unmute unnest unroll unstick untrack
  vet phase assert bind clip degrade digitise digitize duplicate invert nest overlay package pretty-print recode recolour recolor lay stack do`);

export const WORK_VERBS: ReadonlySet<string> = new Set([...VERB, ...NOUN_OR_VERB]);

/** Past tense and participle where no rule gives them, by base. */
export const IRREGULAR: Readonly<Record<string, string>> = {
  begin: 'began begun',
  bind: 'bound',
  break: 'broke broken',
  bring: 'brought',
  broadcast: 'broadcast',
  build: 'built',
  buy: 'bought',
  catch: 'caught',
  choose: 'chose chosen',
  do: 'did done does',
  draw: 'drew drawn',
  drive: 'drove driven',
  feed: 'fed',
  find: 'found',
  freeze: 'froze frozen',
  get: 'got gotten',
  give: 'gave given',
  go: 'went gone goes',
  hide: 'hid hidden',
  hold: 'held',
  keep: 'kept',
  lay: 'laid',
  leave: 'left',
  make: 'made',
  override: 'overrode overridden',
  overwrite: 'overwrote overwritten',
  pay: 'paid',
  're-run': 're-ran',
  're-write': 're-wrote re-written',
  rebuild: 'rebuilt',
  redo: 'redid redone redoes',
  redraw: 'redrew redrawn',
  remake: 'remade',
  repay: 'repaid',
  rerun: 'reran',
  resend: 'resent',
  rethink: 'rethought',
  rewind: 'rewound',
  rewrite: 'rewrote rewritten',
  run: 'ran',
  see: 'saw seen',
  seek: 'sought',
  sell: 'sold',
  send: 'sent',
  show: 'shown',
  shrink: 'shrank shrunk',
  speed: 'sped',
  spell: 'spelt',
  stick: 'stuck',
  sweep: 'swept',
  take: 'took taken',
  teach: 'taught',
  tear: 'tore torn',
  tell: 'told',
  throw: 'threw thrown',
  undo: 'undid undone undoes',
  withdraw: 'withdrew withdrawn',
  write: 'wrote written',
};

/** Verbs of two syllables and more whose last consonant is doubled before `-ed` and `-ing`. */
export const DOUBLED: ReadonlySet<string> = set(`
  begin format cancel commit control debug defer delimit embed emit equip fulfil label level model omit permit prefer program recap refer
  relabel remap reprogram rerun re-run rescan reset reship resubmit retag retrofit rewrap signal submit subset transfer travel tunnel
  typeset unmap unpin unplug unset unwrap unzip zigzag`);

/** Where the doubling above is optional or British: both forms are known. */
export const NEVER_DOUBLED: ReadonlySet<string> = set(
  'fix mix box tax index relax show draw throw view review preview allow follow narrow fax',
);
