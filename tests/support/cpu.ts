/** Time that this process spent: others on a busy machine do not count. */

/** Milliseconds of processor time, in the program and in the system on its behalf. */
export function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
