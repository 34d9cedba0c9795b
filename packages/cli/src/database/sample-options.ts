import { text } from '../terminal/command.ts';
import type { Invocation } from '../terminal/command.ts';
import { progress } from '../terminal/progress.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { SampledCollection } from './sample-database.ts';

const DEFAULT_SIZE = 2000;
const LARGEST_SIZE = 100_000;

/** The samples for a command line; none if it names no database. */
export async function sampleFor(invocation: Invocation): Promise<readonly SampledCollection[]> {
  const uri = connectionString(invocation);
  const size = sizeOf(text(invocation, 'sample'));
  if (uri === undefined) {
    for (const name of ['db', 'sample'])
      if (text(invocation, name) !== undefined)
        throw new UsageError(`--${name} is about a database. Name one with --uri, or leave --${name} out.`);
    return [];
  }
  // The driver is loaded only if there is a database to read.
  const { sampleDatabase } = await import('./sample-database.ts');
  const bar = progress('Sampling');
  try {
    return await sampleDatabase({ uri, db: text(invocation, 'db'), size, onProgress: bar.show });
  } finally {
    bar.stop();
  }
}

/** The connection string, from an option or from a variable, which keeps a password out of the shell's history. */
function connectionString(invocation: Invocation): string | undefined {
  const uri = text(invocation, 'uri');
  const variable = text(invocation, 'uri-env');
  if (variable === undefined) return uri;
  if (uri !== undefined) throw new UsageError('--uri and --uri-env both name a database. Give one of them.');
  const value = process.env[variable];
  if (value === undefined || value === '')
    throw new UsageError(`The environment has no variable ${variable}. Set it to a connection string.`);
  return value;
}

function sizeOf(given: string | undefined): number {
  if (given === undefined) return DEFAULT_SIZE;
  const size = Number(given);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE)
    throw new UsageError(`--sample takes a whole number from 1 to ${LARGEST_SIZE}.`);
  return size;
}
