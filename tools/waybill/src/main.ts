import 'reflect-metadata';
import { exitCodeOf, explanationOf } from './ending';
import { program } from './program';

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
