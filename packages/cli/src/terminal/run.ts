import { parseArgs } from 'node:util';

import { COMMON, parseConfig } from './command.ts';
import type { Command } from './command.ts';
import { commandHelp, programHelp } from './help.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** What the program writes to. */
export interface Output {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Runs one command line. The result is the exit code. */
export async function run(
  args: readonly string[],
  commands: readonly Command[],
  version: string,
  { out, error }: Output,
): Promise<number> {
  const [name, ...rest] = args;
  const asksForHelp = name === '--help' || name === '-h' || (name === 'help' && rest.length === 0);
  if (name === undefined || asksForHelp) {
    out(programHelp(commands, version));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    out(version);
    return 0;
  }
  try {
    const command = commandOf(name, rest, commands);
    const { values, positionals } = parse(command, name === 'help' ? ['--help'] : rest);
    if (values['help'] === true) {
      out(commandHelp(command));
      return 0;
    }
    const [folder = '.', ...more] = positionals;
    if (more.length > 0)
      throw new UsageError(
        `${command.name} takes one folder, and got ${positionals.length}: ${positionals.join(', ')}.`,
      );
    return await (
      await command.load()
    )({ folder, options: values });
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    // Expected errors have a message for the user. Anything else is a bug of this program, so the stack is printed.
    error(isExpected(thrown) ? `safe-collection: ${thrown.message}` : (thrown.stack ?? String(thrown)));
    return thrown.name === 'DatabaseError' ? 3 : 2;
  }
}

function commandOf(name: string, rest: readonly string[], commands: readonly Command[]): Command {
  const wanted = name === 'help' ? (rest[0] ?? '') : name;
  const found = commands.find((command) => command.name === wanted);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  const near = nearest(wanted, names);
  throw new UsageError(
    `There is no command "${wanted}". ${near === undefined ? `The commands are ${names.join(', ')}.` : `Did you mean "${near}"?`} Try safe-collection --help.`,
  );
}

function parse(command: Command, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: parseConfig(command) ?? {}, allowPositionals: true, strict: true });
  } catch (thrown) {
    throw new UsageError(`${sentence(thrown, command)} Try safe-collection ${command.name} --help.`);
  }
}

function sentence(thrown: unknown, command: Command): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const unknown = /Unknown option '(--?[^']+)'/.exec(message)?.[1];
  const valueless = /Option '(?:-\w, )?--([\w-]+) <value>' argument missing/.exec(message)?.[1];
  const ambiguous = /Option '(?:-\w, )?--([\w-]+)(?: <value>)?' argument is ambiguous/.exec(message)?.[1];
  if (ambiguous !== undefined)
    return `The value of --${ambiguous} begins with "-". If that is meant, write --${ambiguous}=<value>.`;
  if (valueless !== undefined)
    return `--${valueless} needs a value: --${valueless} ${command.options[valueless]?.value ?? '<value>'}.`;
  if (unknown === undefined) return `${message.split('\n')[0]?.replace(/\.?$/, '.')}`;
  const near = nearest(unknown.replace(/^-+/, ''), Object.keys({ ...command.options, ...COMMON }));
  return `There is no option ${unknown}.${near === undefined ? '' : ` Did you mean --${near}?`}`;
}

function isExpected({ name }: Error): boolean {
  return ['UsageError', 'ProjectError', 'DatabaseError', 'FileError'].includes(name);
}
