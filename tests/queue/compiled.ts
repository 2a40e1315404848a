/** Our sources as plain JavaScript, for tests that need a process of their own to kill. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'tracker-tests');

export interface Compiled {
  readonly folder: string;
  remove(): void;
}

/** Transpiles these files and folders of the project, below `node_modules` so that packages are found from there. */
export function compile(...paths: readonly string[]): Compiled {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'run-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const path of paths.flatMap((each) => sources(each))) {
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, path), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true },
    });
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function sources(path: string): string[] {
  if (!existsSync(join(ROOT, path))) throw new Error(`there is no ${path}`);
  if (path.endsWith('.ts')) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name));
}
