#!/usr/bin/env node
/**
 * `dist/mcp.js`, the stdio server as one file, and beside it `dist/mcp-libraries.cjs`, which that loads after it has
 * answered the first list. Processor time from spawn to the list, mean of 21 in turns: 218 ms so, 297 with the libraries
 * in the one file, since all of it is parsed at once, and 376 as single modules. Shorter names would gain nothing and
 * leave none in stack traces.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LIBRARIES_FILE = './mcp-libraries.cjs';

/** What is loaded late. None of them imports a module of ours, so nothing of ours is there twice. */
const LIBRARIES = ['bullmq', 'ioredis', '@modelcontextprotocol/server/validators/ajv'];
const AJV = LIBRARIES.length - 1;
/** A client that BullMQ asks for only where somebody uses it. */
const NOT_USED = ['@valkey/valkey-glide'];

/**
 * For a process that mostly waits, before anything else, or the young generation has grown already. Measured after 1,000
 * calls: 118 MB of RSS without them, 91 with the two for the young generation (halves of 1 MB instead of 16), 85 with the
 * two for the old one, and no more processor time.
 */
const V8_FLAGS = [
  '--max-semi-space-size=1',
  '--semi-space-growth-factor=1',
  '--optimize-for-size',
  '--heap-growing-percent=30',
];
const FIRST = `for (const flag of ${JSON.stringify(V8_FLAGS)}) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
`;

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
};

const escaped = (text) => text.replace(/[/.*+?^${}()|[\]\\]/g, '\\$&');
const exactly = (names) => new RegExp(`^(?:${names.map(escaped).join('|')})$`);

/** The libraries as members of the file that is loaded late; where that stands is known only when it runs. */
const late = {
  name: 'late',
  setup(build) {
    build.onResolve({ filter: exactly(LIBRARIES) }, ({ path }) => ({ path, namespace: 'late' }));
    build.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `module.exports = require('${LIBRARIES_FILE}').library${LIBRARIES.indexOf(path)}()`,
    }));
    build.onResolve({ filter: exactly([LIBRARIES_FILE]) }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * Modules of Node where they are first used: as imports of the one file all of them would be loaded before its first
 * line. `crypto` alone takes as long as all others, and half of the modules that import it do not use it at the start.
 */
const builtins = {
  name: 'builtins',
  setup(build) {
    const names = builtinModules.filter((name) => !name.startsWith('_'));
    build.onResolve({ filter: exactly([...names, ...names.map((name) => `node:${name}`)]) }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'node-builtin',
      sideEffects: false,
    }));
    build.onLoad({ filter: /./, namespace: 'node-builtin' }, async ({ path }) => {
      const found = `process.getBuiltinModule('node:${path}')`;
      if (path !== 'crypto') return { contents: `module.exports = ${found}` };
      const members = Object.keys(process.getBuiltinModule(`node:${path}`));
      return {
        contents: `for (const name of ${JSON.stringify(members)})
          Object.defineProperty(exports, name, { enumerable: true, get: () => ${found}[name] });`,
      };
    });
  },
};

/** What of the packages is left out of the start. A package that has changed there fails the build. */
const lighter = {
  name: 'lighter',
  setup(build) {
    // The SDK makes its validator for each connection. It is for answers to questions that we never ask a client.
    build.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, ({ path }) => ({
      path,
      namespace: 'lighter',
    }));
    build.onLoad({ filter: /./, namespace: 'lighter' }, () => ({
      contents: `export const process = globalThis.process;
        export class DefaultJsonSchemaValidator {
          getValidator(schema) {
            const { AjvJsonSchemaValidator } = require('${LIBRARIES_FILE}').library${AJV}();
            return new AjvJsonSchemaValidator().getValidator(schema);
          }
        }`,
    }));
    // Zod's messages in fifty languages, of which it uses the one that it is told to.
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path }) => ({
      contents: "export { default as en } from './en.js'",
      resolveDir: dirname(path),
    }));
  },
};

/** BullMQ's backend for PostgreSQL, which its index alone asks for. */
const redisOnly = {
  name: 'redis-only',
  setup(build) {
    build.onLoad({ filter: /[\\/]bullmq[\\/]dist[\\/]\w+[\\/]postgres[\\/]index\.js$/ }, () => ({ contents: '' }));
  },
};

/** Writes both files, their maps and the licences of what is in them. */
export async function bundle() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [server, libraries] = await Promise.all([
    build({
      ...common,
      entryPoints: ['src/mcp/main.ts'],
      outfile: 'dist/mcp.js',
      format: 'esm',
      define: { TRACKER_VERSION: JSON.stringify(version) },
      banner: {
        js: `${FIRST}const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);`,
      },
      plugins: [late, builtins, lighter],
    }),
    build({
      ...common,
      stdin: {
        // Each by itself: while one is evaluated no signal is seen.
        contents: LIBRARIES.map((name, at) => `exports.library${at} = () => require('${name}');`).join('\n'),
        resolveDir: root,
      },
      outfile: `dist/${LIBRARIES_FILE}`,
      format: 'cjs',
      external: NOT_USED,
      plugins: [redisOnly],
    }),
  ]);
  const inputs = [server, libraries].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  writeFileSync(join(root, 'dist', 'mcp.licenses.txt'), licencesOf(inputs));
}

/** The licence texts of the packages that `inputs` come from. */
function licencesOf(inputs) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}`;
  });
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundle();
