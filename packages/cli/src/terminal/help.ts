import colors from 'picocolors';

import { COMMON } from './command.ts';
import type { Command } from './command.ts';

const NAME = 'safe-collection';

/** The help of the program: its purpose and its commands. */
export function programHelp(commands: readonly Command[], version: string): string {
  return [
    `${colors.bold(NAME)} ${version}: from raw MongoDB calls to typed views.`,
    '',
    section('Usage', [`${NAME} <command> [folder] [options]`]),
    section('Commands', columns(commands.map(({ name, summary }) => [name, summary]))),
    section(
      'Start here',
      columns([
        [`${NAME} audit`, 'see which fields your calls return; changes nothing'],
        [`${NAME} <command> --help`, 'options, examples and exit codes of a command'],
      ]),
    ),
  ].join('\n');
}

export function commandHelp(command: Command): string {
  return [
    `${colors.bold(`${NAME} ${command.name}`)}: ${command.summary}`,
    '',
    command.description,
    '',
    section('Usage', [
      `${NAME} ${command.name} [folder] [options]`,
      'The folder holds your sources; default: the current one.',
    ]),
    section(
      'Options',
      columns(
        Object.entries({ ...command.options, ...COMMON }).map(([name, { short, value, help }]) => [
          `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
          help,
        ]),
      ),
    ),
    section('Examples', columns(command.examples)),
    section('Exit codes', columns(command.exitCodes.map(([code, meaning]) => [String(code), meaning]))),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return `${colors.bold(title)}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function columns(rows: readonly (readonly [left: string, right: string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${colors.cyan(left.padEnd(width))}  ${right}`);
}
