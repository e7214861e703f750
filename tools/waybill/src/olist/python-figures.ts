import { execFile } from 'node:child_process';
import { CommandFailure } from '../failure';
import { projectRoot } from '../system/project-root';
import type { ReportFigures } from './report-figures';

export const pythonScript = 'tools/python/olist_figures.py';

/** What reports must say of a data set, computed by a script that shares no code with Waybill; undefined without Python. */
export function pythonFigures(
  folder: string,
  limit: number | undefined,
  signal: AbortSignal,
): Promise<ReportFigures | undefined> {
  const args = [folder, ...(limit === undefined ? [] : ['--orders', String(limit)])];
  const options = {
    cwd: projectRoot(),
    env: { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 64 * 1024 * 1024,
    signal,
  };
  return new Promise((resolve, reject) => {
    execFile('python3', [pythonScript, ...args], options, (error, out, err) => {
      if (!error) resolve(JSON.parse(out) as ReportFigures);
      else if (error.code === 'ENOENT') resolve(undefined);
      else reject(signal.aborted ? error : new CommandFailure(`${pythonScript}: ${err || error.message}`));
    });
  });
}
