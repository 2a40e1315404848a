/**
 * `npm run bench -- calibration`: how good the forecasts of tasks are, on invented histories in which the true chances are
 * known, learned again and again from the past and judged on the time after it, and on generated trees of transcripts.
 */
import { openTranscript } from '../src/sources/file.js';
import type { TaskFact } from '../src/domain/facts.js';
import { brierOf, calibrationError, rateOf, reliabilityOf, type Judged } from '../src/domain/learning/index.js';
import { initialState, readLines, sessionOfFile } from '../src/domain/transcript/index.js';
import { linesOf } from '../tests/support/extract.js';
import { makeHistory } from './support/histories.js';
import { median, round } from './support/numbers.js';
import { print, readOptions, say } from './support/options.js';
import { replay, type Replayed, type Said } from './support/replay.js';
import { withFolder } from './support/system.js';
import { generateTree } from './support/tree.js';

const options = readOptions({
  days: '300',
  projects: '16',
  seeds: '3',
  learn: '14',
  share: '0.1',
  bytes: '60MB',
  sessions: '300',
});
const WANTED = { ofTheWayToPerfect: 0.5, calibrationError: 0.03 };
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);

type Rule = (said: Said) => number;
const judgedBy = (said: readonly Said[], rule: Rule): Judged[] =>
  said.map((one) => ({ probability: rule(one), isDone: one.isDone }));
const brier = (said: readonly Said[], rule: Rule): number => round(brierOf(judgedBy(said, rule)), 4);

/** Brier scores side by side; the lower the better. */
function figuresOf(said: readonly Said[], truth: Rule | null) {
  const rate = rateOf(said);
  const ours = brier(said, ({ ours: p }) => p);
  const base = round(rate * (1 - rate), 4);
  const perfect = truth === null ? null : brier(said, truth);
  const bins = reliabilityOf(judgedBy(said, ({ ours: p }) => p));
  return {
    judged: said.length,
    baseRate: round(rate, 4),
    brier: {
      ours,
      base,
      baseAsKnownThen: brier(said, ({ base: p }) => p),
      bands: brier(said, (s) => s.bands),
      perfect,
    },
    skill: base === 0 ? null : round(1 - ours / base, 3),
    ofTheWayToPerfect: perfect === null || base === perfect ? null : round((base - ours) / (base - perfect), 3),
    calibrationError: round(calibrationError(bins), 4),
    bins,
  };
}

const withoutBins = <Figures extends { readonly bins: unknown }>({ bins: _, ...figures }: Figures) => figures;
const table = (bins: ReturnType<typeof reliabilityOf>) =>
  bins.map(({ from, to, count, predicted, observed }) => ({
    ...{ from: round(from, 1), to: round(to, 1), count },
    predicted: predicted === null ? null : round(predicted, 3),
    observed: observed === null ? null : round(observed, 3),
  }));
const statesOf = ({ forecasts }: Replayed) =>
  Object.fromEntries(
    [...new Set(forecasts.map(({ state }) => state))].map((state) => [
      state,
      forecasts.filter((f) => f.state === state).length,
    ]),
  );

function invented() {
  const all: { readonly said: Said; readonly truth: number; readonly habit: string }[] = [];
  const learnMs: number[] = [];
  let facts = 0;
  for (let seed = 1; seed <= Number(options.seeds); seed++) {
    say(`history ${seed} …`);
    const days = Number(options.days);
    const history = makeHistory({ from: FROM, days, projects: Number(options.projects), seed });
    facts += history.facts.length;
    const judgeFrom = FROM + (days / 2) * DAY_MS;
    const plan = {
      judgeFrom,
      until: history.until,
      learnEveryDays: Number(options.learn),
      share: Number(options.share),
    };
    const replayed = replay(history.facts, plan);
    learnMs.push(...replayed.learnMs);
    for (const said of replayed.said) {
      all.push({ said, truth: history.truthOf(said.task, said.at), habit: history.habitOf(said.task) });
    }
  }
  const truths = new Map(all.map(({ said, truth }) => [said, truth]));
  const truth: Rule = (said) => truths.get(said) ?? Number.NaN;
  const figures = figuresOf(
    all.map(({ said }) => said),
    truth,
  );
  const habits = [...new Set(all.map(({ habit }) => habit))].sort();
  return {
    figures: {
      facts,
      ...withoutBins(figures),
      reliability: table(figures.bins),
      byHabit: Object.fromEntries(
        habits.map((habit) => {
          const own = all.filter((one) => one.habit === habit).map(({ said }) => said);
          return [habit, withoutBins(figuresOf(own, truth))];
        }),
      ),
      learnMs: { median: round(median(learnMs)), max: round(Math.max(...learnMs)) },
    },
    passed:
      (figures.ofTheWayToPerfect ?? 0) >= WANTED.ofTheWayToPerfect &&
      figures.calibrationError <= WANTED.calibrationError,
  };
}

/** Sessions that end with their lists done or dropped leave little to be done in the weeks after: that has to be said. */
function tree() {
  return withFolder(async (folder) => {
    say('a tree of transcripts …');
    const files = await generateTree(folder, { bytes: options.bytes, sessions: options.sessions, seed: '7' });
    const facts: TaskFact[] = [];
    for (const { path } of files) {
      const file = openTranscript(path);
      if (file === null) continue;
      let state = initialState(sessionOfFile(path));
      for await (const chunk of file.chunks(0)) {
        const read = readLines(state, linesOf(chunk, 0));
        state = read.state;
        for (const fact of read.facts) if (fact.is === 'task') facts.push(fact);
      }
      file.close();
    }
    facts.sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
    const [from, until] = [facts[0]?.at ?? 0, facts.at(-1)?.at ?? 0];
    const plan = { judgeFrom: from + (until - from) / 2, until, learnEveryDays: Number(options.learn), share: 1 };
    const replayed = replay(facts, plan);
    const last = replayed.forecasts.at(-1);
    return {
      facts: facts.length,
      days: Math.round((until - from) / DAY_MS),
      forecasts: statesOf(replayed),
      history: last?.history ?? null,
      ...(replayed.said.length === 0 ? {} : withoutBins(figuresOf(replayed.said, null))),
    };
  });
}

const { figures, passed } = invented();
print('calibration', options, { wanted: WANTED, invented: figures, tree: await tree(), passed });
if (!passed) process.exitCode = 1;
