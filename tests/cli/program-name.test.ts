import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { programName, runnable } from '../../src/cli/program-name.js';
import { programFile, shortened } from '../../src/cli/screen.js';
import { packageFolder } from '../../src/config.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-name-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('after a clone it is the file, relative below the folder where one is', () => {
  expect(programName({ PATH: folder }, packageFolder())).toBe('node dist/src/cli/main.js');
  expect(programName({}, join(packageFolder(), 'dist'))).toBe('node src/cli/main.js');
  expect(programName({ PATH: folder }, folder)).toMatch(/^node [/~].*dist\/src\/cli\/main\.js$/);
});

test('where PATH leads to this program, by a link or by the script of the installer, it is the name', async () => {
  const [linked, script] = [join(folder, 'linked'), join(folder, 'script')];
  for (const bin of [linked, script]) await mkdir(bin);
  await symlink(programFile(), join(linked, 'mcp-autobot-tracker'));
  await writeFile(join(script, 'mcp-autobot-tracker'), `#!/bin/sh\nexec "/usr/bin/node" "${programFile()}" "$@"\n`);
  expect(programName({ PATH: `/nowhere:${linked}` })).toBe('mcp-autobot-tracker');
  expect(programName({ PATH: `${script}:/usr/bin` })).toBe('mcp-autobot-tracker');
});

test('another program of that name on PATH is not ours', async () => {
  await writeFile(join(folder, 'mcp-autobot-tracker'), '#!/bin/sh\nexec node /elsewhere/dist/src/cli/main.js "$@"\n');
  expect(programName({ PATH: folder }, packageFolder())).toBe('node dist/src/cli/main.js');
});

test('commands within a text become those that can be typed', () => {
  expect(runnable('start it with `mcp-autobot-tracker up`, or not')).toBe(
    `start it with \`${programName()} up\`, or not`,
  );
  expect(runnable('mcp-autobot-tracker is a name')).toBe('mcp-autobot-tracker is a name');
});

test('paths in a text are as short as a person would write them', () => {
  const path = `${homedir()}/.state/redis.sock`;
  expect(shortened(`${homedir()} has mode 755; chmod 700 ${homedir()}`)).toBe('~ has mode 755; chmod 700 ~');
  expect(shortened(`embedded one, ${path}) does not answer: connect ENOENT ${path}\n  -> start it`)).not.toContain(
    'ENOENT ',
  );
  expect(shortened(`/backup${path} ${homedir()}2`)).toBe(`/backup${path} ${homedir()}2`);
  expect(shortened(`Redis (the embedded one, ${path}) does not answer: connect ENOENT ${path}; start it`)).toBe(
    'Redis (the embedded one, ~/.state/redis.sock) does not answer: connect ENOENT; start it',
  );
});
