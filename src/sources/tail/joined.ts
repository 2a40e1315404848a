/** One pipe for both outputs of a program. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `write` is for the program, and closed here once it has been handed over; `read` is where both come out, in order. */
export interface Joined {
  readonly write: Socket;
  readonly read: Socket;
}

/**
 * `docker logs` writes what a container wrote to stderr to its own stderr: errors, as a rule. Read from two pipes the
 * order would be lost, and with it the way to go on after a restart. Without a shell to say `2>&1` a socket is what Node
 * can give to a program for both; it stands in a folder that nobody else may enter, and only until it is connected.
 */
export async function joinedPipe(): Promise<Joined> {
  const folder = await mkdtemp(join(tmpdir(), 'tracker-pipe-'));
  const server = createServer();
  try {
    server.listen(join(folder, 'pipe'));
    await once(server, 'listening');
    const write = connect(join(folder, 'pipe'));
    const [[read]] = (await Promise.all([once(server, 'connection'), once(write, 'connect')])) as [[Socket], unknown];
    return { write, read };
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
