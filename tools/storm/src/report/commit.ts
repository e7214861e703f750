import { spawnSync } from 'node:child_process';

/** The commit that is checked out, with a plus where files differ from it. */
export function currentCommit(root: string): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const { status, stdout } = git('rev-parse', '--short=12', 'HEAD');
  if (status !== 0) return 'unknown';
  const isClean = git('status', '--porcelain', '--untracked-files=no').stdout.trim() === '';
  return `${stdout.trim()}${isClean ? '' : '+'}`;
}
