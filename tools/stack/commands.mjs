import { spawn } from 'node:child_process';

/** Thrown for what the user can do something about: the message says what is wrong and what to do. */
export class StackError extends Error {
  constructor(message) {
    super(message);
    this.name = 'StackError';
    // where it was thrown does not help whoever has to install Java
    this.stack = message;
  }
}

/** Runs a command to its end. A command that cannot be found gives `found: false`. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('error', (error) =>
      resolve({ found: error.code !== 'ENOENT', code: -1, output: error.message }),
    );
    child.on('close', (code) => resolve({ found: true, code: code ?? -1, output }));
  });
}

/** Says what is being done, and says it again every ten seconds for as long as it takes. */
export async function withProgress(say, what, work) {
  say(`${what} …`);
  const startedAt = Date.now();
  const timer = setInterval(() => say(`${what} … ${Math.round((Date.now() - startedAt) / 1000)} s`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The lines of a failed command that are worth showing: what looks like an error, else the end. */
export function reasonIn(output, lines = 6) {
  const all = output.split('\n').filter((line) => line.trim());
  const errors = all.filter((line) => /error|could not|refused|unknown host|timed out/i.test(line));
  return (errors.length > 0 ? errors.slice(0, lines) : all.slice(-lines)).join('\n');
}
