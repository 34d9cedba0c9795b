import type { ParseArgsConfig } from 'node:util';

export interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  readonly multiple?: boolean;
  /** The placeholder of the value in the help: `<file>`. */
  readonly value?: string;
  readonly help: string;
}

/** The arguments of a command: its options by name, and the folder. */
export interface Invocation {
  readonly folder: string;
  readonly options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What it does, in a few sentences. */
  readonly description: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  readonly exitCodes: readonly (readonly [code: number, meaning: string])[];
  /** Loads the implementation on demand, so that the help is fast. */
  readonly load: () => Promise<(invocation: Invocation) => Promise<number>>;
}

export const COMMON: Readonly<Record<string, Option>> = {
  help: { type: 'boolean', short: 'h', help: 'Show this help.' },
};

export function parseConfig(command: Command): ParseArgsConfig['options'] {
  return Object.fromEntries(
    Object.entries({ ...command.options, ...COMMON }).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short === undefined ? {} : { short }), ...(multiple === undefined ? {} : { multiple }) },
    ]),
  );
}

/** The value of an option, if it was given. */
export function text(invocation: Invocation, name: string): string | undefined {
  const value = invocation.options[name];
  return typeof value === 'string' ? value : undefined;
}

export function flag(invocation: Invocation, name: string): boolean {
  return invocation.options[name] === true;
}

/** All values of an option that may be repeated. */
export function texts(invocation: Invocation, name: string): readonly string[] {
  const value = invocation.options[name];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
