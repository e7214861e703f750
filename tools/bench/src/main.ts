import 'reflect-metadata';
import { StackError } from '@waybill/stack';
import { program } from './program';

program()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof StackError ? error.message : error);
    process.exitCode = 1;
  });
