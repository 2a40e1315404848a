/** How comments and strings are written, by the name of a file. Only what decides where a comment begins and ends. */

/** What a sign opens. */
export type Opener =
  /** A comment to the end of its line. `after`: what must stand before it, since the sign has other uses. */
  | { readonly is: 'line'; readonly after: 'any' | 'blank' | 'start' | 'no-colon' | 'no-escape' }
  | { readonly is: 'block'; readonly close: string }
  /** `close` is null where it depends on the opener: raw strings of Rust and C++, long brackets of Lua. */
  | { readonly is: 'string'; readonly close: string | null; readonly multi: boolean; readonly escapes: boolean }
  /** One character between quotes; a lone quote is something else (a lifetime, a digit separator). */
  | { readonly is: 'char' }
  | { readonly is: 'heredoc' }
  | { readonly is: 'regex' };

export interface Syntax {
  /** Any opener; the group that took part says which. */
  readonly token: RegExp;
  readonly openers: readonly Opener[];
  /** Python: a string that stands by itself documents, and `TODO:` at the start of its line is meant. */
  readonly docstrings: boolean;
}

type Row = readonly [sign: string, opener: Opener];

const line = (sign: string, after: 'any' | 'blank' | 'start' | 'no-colon' | 'no-escape' = 'any'): Row => [
  sign,
  { is: 'line', after },
];
const block = (sign: string, close: string): Row => [sign, { is: 'block', close }];
const text = (sign: string, close: string | null, multi = false, escapes = true): Row => [
  sign,
  { is: 'string', close, multi, escapes },
];

const syntax = (rows: readonly Row[], docstrings = false): Syntax => ({
  token: new RegExp(rows.map(([sign]) => `(${sign})`).join('|'), 'gm'),
  openers: rows.map(([, opener]) => opener),
  docstrings,
});

const SLASHES: readonly Row[] = [line('//', 'no-colon'), block('/\\*', '*/')];
const TRIPLE: readonly Row[] = [text('"""', '"""', true), text("'''", "'''", true)];
const QUOTES: readonly Row[] = [text('"', '"'), text("'", "'")];
const CHAR: Row = ["'", { is: 'char' }];
const HEREDOC: Row = ['<<[-~]?\\s?["\']?[A-Za-z_]\\w{0,30}["\']?', { is: 'heredoc' }];
const MARKUP: readonly Row[] = [
  block('<!--', '-->'),
  block('\\{\\{!--', '--}}'),
  block('\\{\\{!', '}}'),
  block('\\{#', '#}'),
  block('<%--', '--%>'),
  block('<%#', '%>'),
  block('@\\*', '*@'),
];

const C = syntax([...SLASHES, text('R"[^\\s()\\\\]{0,16}\\(', null, true, false), text('"', '"'), CHAR]);
const JVM = syntax([...SLASHES, text('"""', '"""', true), text('"', '"'), CHAR]);
const CSHARP = syntax([
  ...SLASHES,
  text('"""', '"""', true),
  text('\\$?@\\$?"', '"', true, false),
  text('"', '"'),
  CHAR,
]);
const GO = syntax([...SLASHES, text('`', '`', true, false), text('"', '"'), CHAR]);
const RUST = syntax([...SLASHES, text('\\br#{0,8}"', null, true, false), text('"', '"', true), CHAR]);
const SCRIPT_ROWS: readonly Row[] = [...SLASHES, text('`', '`', true), ...QUOTES, ['/', { is: 'regex' }]];
const JS = syntax(SCRIPT_ROWS);
/** Scripts inside markup, and expressions of it: a comment of markup may stand beside them. */
const JS_IN_MARKUP = syntax([block('<!--', '-->'), ...SCRIPT_ROWS]);
const MARKUP_ONLY = syntax([...MARKUP, block('\\{/\\*', '*/')]);
const STYLE = syntax([...SLASHES, ...QUOTES]);
const CSS = syntax([block('/\\*', '*/'), ...QUOTES]);
const PHP = syntax([
  block('<!--', '-->'),
  ...SLASHES,
  line('#(?!\\[)', 'blank'),
  HEREDOC,
  text('"', '"', true),
  text("'", "'"),
]);
const PYTHON = syntax([line('#'), ...TRIPLE, ...QUOTES], true);
const SHELL = syntax([line('#', 'blank'), HEREDOC, text('"', '"', true), text("'", "'")]);
const HASH = syntax([line('#', 'blank'), ...TRIPLE, ...QUOTES]);
const RUBY = syntax([
  block('^=begin', '\n=end'),
  line('#', 'blank'),
  HEREDOC,
  text('"""', '"""', true),
  text('"', '"', true),
  text("'", "'"),
]);
const HCL = syntax([...SLASHES, line('#', 'blank'), HEREDOC, text('"', '"')]);
const NIX = syntax([line('#', 'blank'), block('/\\*', '*/'), text("''", "''", true, false), text('"', '"', true)]);
const POWERSHELL = syntax([
  block('<#', '#>'),
  line('#', 'blank'),
  text('@"', '"@', true, false),
  text("@'", "'@", true, false),
  ...QUOTES,
]);
const JULIA = syntax([block('#=', '=#'), line('#'), text('"""', '"""', true), text('"', '"')]);
const SQL = syntax([line('--'), block('/\\*', '*/'), text("'", "'", false, false), text('"', '"', false, false)]);
const LUA = syntax([block('--\\[\\[', ']]'), line('--'), text('\\[={0,8}\\[', null, true, false), ...QUOTES]);
const HASKELL = syntax([block('\\{-', '-}'), line('--'), text('"', '"'), CHAR]);
const LISP = syntax([block('#\\|', '|#'), line(';'), text('"', '"', true)]);
const PERCENT = syntax([line('%', 'no-escape'), block('/\\*', '*/'), text('"', '"')]);
const LATEX = syntax([line('%', 'no-escape')]);
const INI = syntax([line('#', 'blank'), line(';', 'blank'), ...QUOTES]);
const BASIC = syntax([line("'"), line('\\b[Rr][Ee][Mm]\\s', 'start'), text('"', '"', false, false)]);
const BATCH = syntax([line('\\b[Rr][Ee][Mm]\\s', 'start'), line('::', 'start')]);
const VIM = syntax([line('"', 'start'), line('#', 'start')]);
const FORTRAN = syntax([line('!'), ...QUOTES]);
const MARKDOWN = syntax([block('<!--', '-->'), block('\\{/\\*', '*/')]);
const RST = syntax([line('\\.\\.\\s+(?=todo::|TODO|FIXME)', 'start')]);
/** A file of unknown kind: comments that fill their line, by the signs that most languages use. */
const UNKNOWN = syntax([
  block('^[ \\t]*/\\*', '*/'),
  block('^[ \\t]*<!--', '-->'),
  line('#', 'start'),
  line('//', 'start'),
  line('--', 'start'),
  line(';', 'start'),
]);

/** Which of two syntaxes a text of mixed kind is in, is decided part by part. */
export type Kind =
  | { readonly is: 'code'; readonly syntax: Syntax }
  | { readonly is: 'mixed' }
  | { readonly is: 'notebook'; readonly syntax: Syntax }
  | { readonly is: 'document'; readonly format: 'markdown' | 'org' | 'text' | 'other'; readonly syntax: Syntax | null }
  | { readonly is: 'nothing' };

export const MIXED = { markup: MARKUP_ONLY, script: JS_IN_MARKUP, style: STYLE, python: PYTHON } as const;

const ROWS: readonly (readonly [string, Syntax])[] = [
  ['c h cc cpp cxx hpp hh hxx ino m mm glsl hlsl vert frag comp cu metal wgsl zig d v sv proto thrift sol css.map', C],
  ['java kt kts scala swift groovy gradle dart sc cls apex gd.java', JVM],
  ['cs csx fs fsx razor.cs', CSHARP],
  ['go', GO],
  ['rs', RUST],
  ['js mjs cjs jsx ts mts cts tsx json json5 jsonc es6 gs as graphqls', JS],
  ['scss less styl', STYLE],
  ['css pcss', CSS],
  ['php phtml', PHP],
  ['py pyi pyw pyx bzl star gd sage', PYTHON],
  ['sh bash zsh fish ksh bats env envrc', SHELL],
  [
    'yml yaml toml r tcl conf cfg properties cmake mk mak gitignore dockerignore nim graphql gql po editorconfig jq awk sed rego cr',
    HASH,
  ],
  ['rb rake gemspec pl pm t ex exs podspec ru', RUBY],
  ['tf tfvars hcl nomad', HCL],
  ['nix', NIX],
  ['ps1 psm1 psd1', POWERSHELL],
  ['jl', JULIA],
  ['sql psql pgsql ddl prql ada adb ads vhd vhdl', SQL],
  ['lua luau', LUA],
  ['hs lhs elm purs idr agda', HASKELL],
  ['lisp lsp el clj cljs cljc edn scm rkt asm s', LISP],
  ['erl hrl pro prolog', PERCENT],
  ['tex sty bib ltx', LATEX],
  ['ini service timer socket desktop reg inf', INI],
  ['vb vbs bas', BASIC],
  ['bat cmd', BATCH],
  ['vim', VIM],
  ['f f90 f95 f03 f08 for', FORTRAN],
];
const MIXED_ENDS =
  'vue svelte astro html htm xhtml hbs handlebars mustache ejs erb jinja jinja2 j2 njk liquid twig cshtml razor jsp aspx heex eex xml xsl xslt svg xaml csproj fsproj props targets plist pom resx storyboard xib';
/** Data, output and what programs write: a marker in there is nobody's plan. */
const NOTHING_ENDS = 'csv tsv log lock snap patch diff jsonl ndjson out pdf png min.js';

const byEnd = new Map<string, Kind>();
for (const [ends, of] of ROWS) for (const end of ends.split(' ')) byEnd.set(end, { is: 'code', syntax: of });
for (const end of MIXED_ENDS.split(' ')) byEnd.set(end, { is: 'mixed' });
for (const end of NOTHING_ENDS.split(' ')) byEnd.set(end, { is: 'nothing' });
byEnd.set('ipynb', { is: 'notebook', syntax: PYTHON });
for (const end of ['md', 'mdx', 'markdown', 'mdc', 'qmd', 'rmd']) {
  byEnd.set(end, { is: 'document', format: 'markdown', syntax: MARKDOWN });
}
byEnd.set('org', { is: 'document', format: 'org', syntax: null });
for (const end of ['txt', 'text', 'todo', 'taskpaper'])
  byEnd.set(end, { is: 'document', format: 'text', syntax: null });
byEnd.set('rst', { is: 'document', format: 'other', syntax: RST });
byEnd.set('adoc', { is: 'document', format: 'other', syntax: syntax([line('//', 'start')]) });

/** Files known by name: those whose comments begin with `#`. */
const NAMED =
  /^(?:(?:GNU)?makefile|dockerfile|containerfile|jenkinsfile|vagrantfile|gemfile|rakefile|procfile|justfile|brewfile|cmakelists|build|workspace|tiltfile|caddyfile|codeowners|crontab|\.env|\.bashrc|\.zshrc|\.profile|\.gitconfig|\.npmrc|\.dockerignore|\.gitignore)(?:$|[.-])/i;
/** Files whose text is made to be copied, or is what a test feeds on. */
const MADE_TO_COPY =
  /(?:^|[/\\])(?:__?fixtures?__?|fixtures?|testdata|test-data|__?snapshots?__?|goldens?|node_modules|vendor|third_party|cookiecutter[^/\\]*|scaffolds?)[/\\]|\.(?:tmpl|tpl|template|stub|skel|sample|golden|expected)(?:\.\w+)?$/i;

export function kindOf(path: string): Kind {
  if (MADE_TO_COPY.test(path)) return { is: 'nothing' };
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (/^jenkinsfile/i.test(name)) return { is: 'code', syntax: JVM };
  if (/^(?:todo|todos|to-do|plan|roadmap|backlog)$/i.test(name))
    return { is: 'document', format: 'text', syntax: null };
  if (NAMED.test(name) && !(byEnd.has(end) && name.includes('.', 1) && !/^dockerfile|^\.env/i.test(name))) {
    return { is: 'code', syntax: SHELL };
  }
  const known = name.includes('.') ? byEnd.get(end) : undefined;
  return known ?? { is: 'code', syntax: UNKNOWN };
}
