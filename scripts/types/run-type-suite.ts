import { TYPE_SUITES } from './type-suites.ts';

/** Runs the type suite named on the command line, and sends its result to the parent process. */
const name = process.argv[2] ?? '';
const suite = TYPE_SUITES.get(name);
if (suite === undefined || process.send === undefined)
  throw new Error(`There is no type suite '${name}', or nothing waits for its verdict.`);
process.send(suite.run());
