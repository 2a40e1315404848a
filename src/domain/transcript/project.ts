/** Folders in which Claude Code and people keep the worktrees of a repository. */
const WORKTREE = /[\\/](?:\.worktrees|\.claude[\\/]worktrees|\.git[\\/]worktrees)[\\/].*$/;

/** The project of a working folder: the repository that a worktree belongs to, else the folder itself. */
export function projectOf(cwd: string): string | null {
  const project = cwd.replace(WORKTREE, '').replace(/[\\/]+$/, '');
  return project === '' ? (cwd === '' ? null : cwd) : project;
}
