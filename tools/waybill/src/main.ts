import 'reflect-metadata';
import { CommanderError } from 'commander';
import { exitCodeOf, explain } from './ending';
import { program } from './program';

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) explain(error);
    process.exitCode = exitCodeOf(error);
  }
}

void main();
