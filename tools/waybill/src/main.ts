import 'reflect-metadata';
import { exitCodeOf, explanationOf } from './ending';
import { program } from './program';

// nobody reads on (`| head`): that ends the program as a signal would, so that what it has started is stopped
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.kill(process.pid, 'SIGTERM');
});

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    const explanation = explanationOf(error);
    if (explanation !== undefined) console.error(explanation);
    process.exitCode = exitCodeOf(error);
  }
}

void main();
