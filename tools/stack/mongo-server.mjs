import { join } from 'node:path';
import { partFolder } from './cache.mjs';

export const secantusVersion = '0.6.0b17';

export function secantusFolders(env) {
  const root = partFolder('secantusdb', secantusVersion, env);
  return {
    root,
    download: join(root, `download.${process.pid}`),
    program: join(root, 'secantusdb.scripts', 'secantusd-rs'),
    complete: join(root, 'complete'),
  };
}

export function mongoCommand(dataDir, { port }, env) {
  const place = ['--host', '127.0.0.1', '--port', String(port), '--storage-path', join(dataDir, 'mongo')];
  const limits = ['--cache-size', '256M', '--log-file-max', '128MB', '--log-level', 'WARNING'];
  return {
    command: secantusFolders(env).program,
    args: [...place, ...limits],
    env: mongoEnvironment(dataDir),
  };
}

/*
 * The server ignores `j: true`. With this setting its log reaches the operating system at every commit, so that
 * acknowledged writes survive a kill of the process (though not a loss of power). HOME is where it looks for settings
 * of the user, which must not apply here.
 */
function mongoEnvironment(dataDir) {
  return { WIREDTIGER_CONFIG: 'transaction_sync=(enabled=true,method=none)', HOME: dataDir };
}
