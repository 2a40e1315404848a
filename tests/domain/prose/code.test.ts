import { describe, expect, test } from '@jest/globals';
import { editMarkers, markersIn } from '../../../src/domain/prose/code/index.js';
import { cpuMsOf } from '../../support/cpu.js';

const titles = (code: string, path: string): string[] => markersIn(code, path).map(({ title }) => title);

describe('markers in comments', () => {
  test.each([
    ['a.py', 'x = 1  # TODO: warm the cache at start', ['Warm the cache at start']],
    ['a.py', '# FIXME(ana): retry when the broker restarts\nrun()', ['Retry when the broker restarts']],
    ['a.ts', '// TODO - split this file by route\nexport {};', ['Split this file by route']],
    ['a.ts', '/* TODO: validate the header */', ['Validate the header']],
    ['a.ts', '/**\n * Reads a row.\n * @todo support nested rows\n * @returns the row\n */', ['Support nested rows']],
    ['a.go', '//TODO(#412): close the pool on shutdown', ['Close the pool on shutdown']],
    ['a.rs', '/// TODO: document the panics', ['Document the panics']],
    ['a.cs', '    // todo: move the limits to appsettings.json', ['Move the limits to appsettings.json']],
    ['a.sh', 'set -e\n# TODO rotate the backups\ncp a b', ['Rotate the backups']],
    ['Dockerfile', 'FROM a\n# TODO: pin the digest', ['Pin the digest']],
    ['deploy.yaml', 'replicas: 2 # TODO: scale by load', ['Scale by load']],
    [
      'main.tf',
      'resource "a" "b" {\n  # TODO: encrypt the volume\n  size = 5 // FIXME: enlarge before the import\n}',
      ['Encrypt the volume', 'Enlarge before the import'],
    ],
    ['a.sql', "select 'it''s -- TODO: no' from t; -- TODO: add an index on created_at", ['Add an index on created_at']],
    ['a.lua', '--[[ TODO: cache the lookup ]]', ['Cache the lookup']],
    ['a.hs', '{- TODO: fold strictly -}\nmain = pure ()', ['Fold strictly']],
    ['a.clj', ';; TODO: memoize the parser', ['Memoize the parser']],
    ['a.tex', 'Fine 5\\% more. % TODO: cite the survey', ['Cite the survey']],
    ['a.css', '.a { color: red } /* TODO: use the theme colour */', ['Use the theme colour']],
    ['a.html', "<p>Don't</p>\n<!-- TODO: translate the footer -->", ['Translate the footer']],
    ['a.vue', '<td>{{ a }}</td>\n<!-- FIXME: align the columns -->', ['Align the columns']],
    [
      'a.vue',
      '<template><p>it\'s</p></template>\n<script setup>\nconst a = "// TODO: no"\n// TODO: load lazily\n</script>\n<style>\n/* TODO: drop the float */\n</style>',
      ['Load lazily', 'Drop the float'],
    ],
    ['a.vue', 'const rows = ref<Row[]>([])\n// TODO: page the rows', ['Page the rows']],
    ['a.tsx', "return <p>Don't {/* TODO: use the real name */}</p>", ['Use the real name']],
    ['a.erl', '% TODO: supervise the port\nf() -> ok.', ['Supervise the port']],
    ['a.ipynb', '{"cells":[{"source":[\n "# TODO: drop duplicate rows\\n",\n "df = 1"\n]}]}', ['Drop duplicate rows']],
    ['a.ipynb', '# TODO: plot by month\ndf.plot()', ['Plot by month']],
    ['a.rs', 'fn parse_head(b: &[u8]) -> H {\n    todo!()\n}', ['Implement parse_head']],
    ['a.rs', 'fn f() { todo!("support gzip bodies") }', ['Support gzip bodies']],
    ['a.kt', 'fun f(): Int = TODO("read the port from the environment")', ['Read the port from the environment']],
    ['notes.unknown', '# TODO: archive the old rows', ['Archive the old rows']],
    ['README.md', '# Title\n\n<!-- TODO: add a screenshot -->', ['Add a screenshot']],
    ['a.py', '"""Reads rows.\n\nTODO: handle gzip input\n"""\nimport os', ['Handle gzip input']],
    ['a.js', 'const r = /[/\'"]/g; // TODO: escape backslashes too', ['Escape backslashes too']],
    ['a.go', "var s = `it's` // TODO: trim the tail", ['Trim the tail']],
    ['a.rs', "fn f<'a>(x: &'a str) {} // TODO: return a Cow", ['Return a Cow']],
    ['a.ts', '// The list is scanned twice. TODO: scan it once', ['Scan it once']],
    ['a.ts', '// linear for now (TODO: use a heap)', ['Use a heap']],
    [
      'a.py',
      '# HACK: sleep, remove once the driver signals readiness',
      ['Sleep, remove once the driver signals readiness'],
    ],
    ['a.py', '# TODO: 重试失败的任务', ['重试失败的任务']],
    ['a.py', '# TODO: Verbindung nach dem Test schließen', ['Verbindung nach dem Test schließen']],
  ])('%s: %s', (path, code, expected) => {
    expect(titles(code, path)).toEqual(expected);
  });

  test.each([
    ['a string', 'a.py', 'assert scan("# TODO: buy bread") == 1'],
    ['a string over lines', 'a.py', 'text = """\n# TODO: buy bread\n"""'],
    ['a template', 'a.ts', 'const t = `\n// TODO: ${name}, fill me\n`'],
    ['a raw string', 'a.rs', 'let s = r#"\n// TODO: buy "bread"\n"#;'],
    ['a heredoc', 'a.sh', "cat > x.py <<'EOF'\n# TODO: write this\nEOF\necho done"],
    ['a thrown error', 'a.ts', "throw new Error('TODO: not implemented')"],
    ['an abstract method', 'a.py', 'raise NotImplementedError("export is not implemented")'],
    ['a mention', 'a.ts', '// TODO comments are collected by the linter'],
    ['another mention', 'a.py', '# the TODO list is drawn by the sidebar'],
    ['words in quotes', 'a.py', '# a line such as "TODO: buy bread" is kept'],
    ['an example', 'a.ts', '// e.g. TODO: buy bread'],
    ['a fence in a doc comment', 'a.rs', '/// ```\n/// // TODO: buy bread\n/// ```\nfn f() {}'],
    ['an example in a doc comment', 'a.ts', '/**\n * @example\n * // TODO: buy bread\n */'],
    ['a name', 'a.ts', 'const TODO_LIMIT = 5; // TODO_LIMIT of the board'],
    ['a placeholder', 'a.ts', '// TODO: <describe the change>'],
    ['nothing', 'a.ts', '// TODO'],
    ['nothing to do', 'a.ts', '// TODO: none'],
    ['a hack that explains', 'a.css', '/* HACK: triggers hasLayout in IE */'],
    ['a fixture', 'tests/fixtures/a.py', '# TODO: buy bread'],
    ['a scaffold', 'stubs/model.ts.stub', '// TODO: name the model'],
    ['a title of a document', 'CLAUDE.md', '# TODO App\n\nA TODO app with TODO: lists.'],
    [
      'a handbook',
      'docs/process/tracking.md',
      '# Tracking\n\n```python\n# TODO(ana): remove\n```\n- [ ] tick me\n\nWrite `<!-- TODO: x y z -->`.',
    ],
    ['a pull request template', '.github/PULL_REQUEST_TEMPLATE.md', '## To do\n- [ ] I have read the guide'],
    ['data', 'a.csv', 'id,text\n1,# TODO: buy bread'],
    [
      'a doc string with an example',
      'a.py',
      'def f():\n    """Finds markers.\n\n    >>> f("# TODO: buy bread")\n    """',
    ],
    ['a URL', 'a.ts', 'fetch(https://todo.example/TODO: no)'],
  ])('are not: %s', (_, path, code) => {
    expect(titles(code, path)).toEqual([]);
  });

  test('goes on over lines', () => {
    const [marker] = markersIn(
      '// TODO: move the parser to a worker, since it\n// blocks the loop for seconds\n// Sorted by name.\nsort();',
      'a.ts',
    );
    expect(marker?.words).toBe('move the parser to a worker since it blocks the loop for seconds');
  });

  test('does not go on into another comment', () => {
    expect(titles('a(); // TODO: batch the writes\n// Sorted by name.\nsort();', 'a.ts')).toEqual(['Batch the writes']);
    expect(markersIn('# TODO: batch the writes.\n# sorted by name', 'a.py')[0]?.words).toBe('batch the writes');
  });

  test('a list below the word is as many markers', () => {
    expect(
      titles('# TODO:\n#  - add paging\n#  - cache the first page,\n#    since all ask for it\n# Other words.', 'a.py'),
    ).toEqual(['Add paging', 'Cache the first page, since all ask for it']);
  });

  test('a piece that begins inside a string or comment', () => {
    expect(titles('   the rest of it.\n    """\n    # TODO: stream the rows\n    run()', 'a.py')).toEqual([
      'Stream the rows',
    ]);
    expect(titles('  tail of it`;\n// TODO: stream the rows', 'a.ts')).toEqual(['Stream the rows']);
    expect(titles(' * TODO: stream the rows\n */\nrun();', 'a.java')).toEqual(['Stream the rows']);
    expect(titles('TODO: stream the rows\n run()', 'a.py')).toEqual(['Stream the rows']);
    expect(titles('run()  # TODO: stream the rows\ndef f():\n    """Runs and', 'a.py')).toEqual(['Stream the rows']);
  });
});

describe('boxes', () => {
  test.each([
    ['TODO.md', '- [ ] buy a domain\n- [x] choose a name', ['Buy a domain']],
    [
      'docs/plan.md',
      '# Plan\n\n- [ ] Copy the rows\n  - [ ] in batches of a thousand',
      ['Copy the rows', 'In batches of a thousand'],
    ],
    ['docs/search.md', '# Search\n\n## Remaining\n\n- [ ] Rank by date', ['Rank by date']],
    ['docs/search.md', '# Search\n\n- [x] Index titles\n- [ ] Index bodies', ['Index bodies']],
    ['todo.txt', '[ ] renew the certificate', ['Renew the certificate']],
    ['work.org', '* TODO renew the certificate :ops:\n* DONE rest', ['Renew the certificate']],
    ['PLAN.md', '# Plan\n\nTODO: decide on a port', ['Decide on a port']],
    ['docs/search.md', '# Search\n\n- [ ] Index bodies', []],
    ['docs/release.md', '# Release checklist\n\n- [ ] Tag\n- [ ] Announce', []],
    ['plan.md', '# Plan\n\n```\n- [ ] buy bread\n```\n\n> - [ ] buy milk', []],
    ['plan-template.md', '- [ ] first step', []],
    ['CONTRIBUTING.md', '## Steps\n- [ ] run the linter', []],
  ])('%s: %s', (path, text, expected) => {
    expect(titles(text, path)).toEqual(expected);
  });
});

describe('what an edit changes', () => {
  const change = (before: string | null, after: string, path = 'a.py'): object => {
    const { added, removed, reworded } = editMarkers({ path, before, after });
    return {
      added: added.map(({ title }) => title),
      removed: removed.map(({ title }) => title),
      ...(reworded.length > 0 && { reworded: reworded.map(({ to }) => to.title) }),
    };
  };
  test.each<[string, string | null, string, object]>([
    ['added', 'a = 1', '# TODO: expose the limit\na = 1', { added: ['Expose the limit'], removed: [] }],
    ['done', '# TODO: expose the limit\na = 1', 'a = limit', { added: [], removed: ['Expose the limit'] }],
    ['context', '# TODO: expose the limit\na = 1', '# TODO: expose the limit\na = 2', { added: [], removed: [] }],
    ['moved', '# TODO: expose the limit\na = 1', 'a = 1\n    #TODO: Expose the limit.', { added: [], removed: [] }],
    [
      'reworded',
      '# TODO: expose limit',
      '# TODO: expose the limit in settings',
      { added: [], removed: [], reworded: ['Expose the limit in settings'] },
    ],
    [
      'another',
      '# TODO: parse the header',
      '# TODO: sign the trailer',
      { added: ['Sign the trailer'], removed: ['Parse the header'] },
    ],
    ['twice', '# TODO: sort', '# TODO: sort\nb\n# TODO: sort', { added: ['Sort'], removed: [] }],
    ['a new file', null, '# TODO: sort', { added: ['Sort'], removed: [] }],
  ])('%s', (_, before, after, expected) => {
    expect(change(before, after)).toEqual(expected);
  });

  test('a box that is ticked is gone', () => {
    expect(change('- [ ] rank by date', '- [x] rank by date', 'TODO.md')).toEqual({
      added: [],
      removed: ['Rank by date'],
    });
  });

  test('without a marker in sight the shared result comes back', () => {
    expect(editMarkers({ path: 'a.ts', before: 'a', after: 'b' })).toBe(
      editMarkers({ path: 'b.ts', before: null, after: 'c' }),
    );
  });
});

describe('titles', () => {
  test.each([
    ['no jitter, all clients come back at once', 'Add jitter: all clients come back at once'],
    ['missing tests for the empty case', 'Add tests for the empty case'],
    ['the timeout has to follow the size of the batch', 'Make the timeout follow the size of the batch'],
    ['this should be configurable', 'Make this configurable'],
    ['should be moved to the store', 'Move this to the store'],
    ['the key must be rotated every month', 'Rotate the key every month'],
    ['we should reuse the pool', 'Reuse the pool'],
    ['once v2 is out, drop this branch', 'Drop this branch once v2 is out'],
    ['wrong for leap years', 'Fix: wrong for leap years'],
    ['do we still need this?', 'Decide: do we still need this?'],
    ['pagination', 'Add pagination'],
    ['not safe for two threads', 'Fix: not safe for two threads'],
    ['this should not be a singleton', 'Make this not a singleton'],
    ['maybe cache this', 'Cache this'],
    ['needs a spinner', 'Add a spinner'],
    ['sort keys. They come unordered from the API.', 'Sort keys'],
  ])('%s', (words, title) => {
    expect(titles(`# TODO: ${words}`, 'a.py')).toEqual([title]);
  });
});

test('a FIXME that names a fault and no work', () => {
  expect(titles('// FIXME: magic number', 'a.ts')).toEqual(['Fix: magic number']);
  expect(titles('// FIXME: Fehler wird hier nicht gemeldet', 'a.ts')).toEqual(['Fehler wird hier nicht gemeldet']);
});

describe('any text', () => {
  const CHARS = 200_000;
  const hostile = [
    'TODO: (((((',
    '# TODO: a b ',
    '"""',
    "'",
    '`',
    '/*',
    '<!--',
    '=/[',
    "\\'",
    '<<A\n',
    'R"a1(',
    '- [ ] ',
    '/',
    '\n * ',
    '# TODO\n',
    '// TODO: a,\n',
    'todo!(',
    '[[',
    'r#"',
    '\n',
    ' ',
    '\t- [ ] TODO: x\n',
    'TODO(',
    '<script',
    '[TODO ',
    '{# TODO: abc',
    '"TODO: abc def",\n',
  ];
  test.each(hostile)('much of %j takes little time', (piece) => {
    const text = piece.repeat(Math.ceil(CHARS / piece.length)).slice(0, CHARS);
    for (const path of [
      'a.py',
      'a.ts',
      'a.rs',
      'a.sh',
      'a.vue',
      'TODO.md',
      'a.cpp',
      'a.ipynb',
      'a.tex',
      'x',
      'a.lua',
      'a.kt',
    ]) {
      const spent = cpuMsOf(() => {
        editMarkers({ path, before: null, after: `TODO: start\n${text}` });
      });
      expect(spent).toBeLessThan(1_000);
    }
  });
});
