// Writes numbered lines to a log and rotates it, as a process of its own: what a follower sees comes from outside.
// node log-writer.mjs FOLDER STRATEGY LINES_PER_SECOND INTERVAL_MS DURATION_MS; prints how many lines it wrote.
import fs from 'node:fs';
import { join } from 'node:path';

const [folder, strategy, rate, interval, duration] = process.argv.slice(2);
const path = join(folder, 'app.log');
const linesPerMs = Number(rate) / 1000;
let number = 0;
let rotations = 0;
let fd = -1;
/** When the log is created again after a gap; lines wait until then, as those of a service that is told to reopen. */
let createAt = 0;

function open() {
  if (strategy === 'symlink') {
    const target = join(folder, `target-${rotations}`);
    fd = fs.openSync(target, 'a');
    fs.symlinkSync(target, `${path}.new`);
    fs.renameSync(`${path}.new`, path);
  } else {
    fd = fs.openSync(path, 'a');
  }
}

const rotate = {
  rename: () => {
    fs.renameSync(path, `${path}.${rotations}`);
    fs.closeSync(fd);
    open();
  },
  gap: (now) => {
    fs.renameSync(path, `${path}.${rotations}`);
    fs.closeSync(fd);
    fd = -1;
    createAt = now + 200;
  },
  copytruncate: () => {
    fs.copyFileSync(path, `${path}.${rotations}`);
    fs.truncateSync(path, 0);
  },
  truncate: () => fs.truncateSync(path, 0),
  unlink: () => {
    fs.unlinkSync(path);
    fs.closeSync(fd);
    open();
  },
  symlink: () => {
    fs.closeSync(fd);
    open();
  },
};

open();
const startedAt = performance.now();
let rotateAt = Number(interval);
let due = 0;
const timer = setInterval(() => {
  const now = performance.now() - startedAt;
  if (now > Number(duration)) {
    clearInterval(timer);
    if (fd === -1) open();
    process.stdout.write(`${number}\n`);
    return;
  }
  if (fd === -1 && now >= createAt) open();
  due = Math.floor(now * linesPerMs);
  if (now >= rotateAt) {
    // Amid the lines: a rotation does not wait for a pause.
    write(number + (due - number) / 2);
    rotateAt += Number(interval);
    rotations += 1;
    rotate[strategy](now);
  }
  write(due);
}, 1);

/** In several calls, as a service writes. */
function write(until) {
  while (fd !== -1 && number < until) {
    let text = '';
    for (let left = 10; left > 0 && number < until; left -= 1) {
      text += `2025-01-01 00:00:00,000 INFO service line ${number} of a log that is rotated while it is followed ${'x'.repeat(30)}\n`;
      number += 1;
    }
    fs.writeSync(fd, text);
  }
}
