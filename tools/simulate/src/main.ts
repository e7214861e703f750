import 'reflect-metadata';
import { isMainThread } from 'node:worker_threads';
import { CommanderError } from 'commander';
import { serveJobs } from './jobs';
import { program } from './program';

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    // help ends with 0, everything else that the parser finds was called in a wrong way; it has said so itself
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      console.error(error);
      process.exitCode = 1;
    }
  }
}

if (isMainThread) void main();
else serveJobs();
