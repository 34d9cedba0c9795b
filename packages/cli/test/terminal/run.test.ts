import { expect, it } from 'vitest';

import type { Command, Invocation } from '../../src/terminal/command.ts';
import { run } from '../../src/terminal/run.ts';
import { UsageError } from '../../src/terminal/usage-error.ts';

const seen: Invocation[] = [];

const show: Command = {
  name: 'show',
  summary: 'show a thing',
  description: 'Shows one thing.',
  options: {
    depth: { type: 'string', value: '<n>', help: 'How deep.' },
    all: { type: 'boolean', short: 'a', help: 'All of it.' },
  },
  examples: [['safe-collection show', 'shows it']],
  exitCodes: [[0, 'shown']],
  load: async () => async (invocation) => {
    seen.push(invocation);
    if (invocation.options['depth'] === 'x') throw new UsageError('--depth takes a number.');
    return 0;
  },
};

async function typed(...args: readonly string[]) {
  const lines: string[] = [];
  const code = await run(args, [show], '1.2.3', { out: (text) => lines.push(text), error: (text) => lines.push(text) });
  return { code, text: lines.join('\n') };
}

it('no command shows the help, and fails', async () => {
  const { code, text } = await typed();
  expect(code).toBe(2);
  expect(text).toContain('show a thing');
});

it('help and version', async () => {
  expect(await typed('--help')).toMatchObject({ code: 0, text: expect.stringContaining('show a thing') });
  expect(await typed('help')).toMatchObject({ code: 0, text: expect.stringContaining('show a thing') });
  expect(await typed('help', 'show')).toMatchObject({ code: 0, text: expect.stringContaining('--depth <n>') });
  expect(await typed('show', '-h')).toMatchObject({ code: 0, text: expect.stringContaining('Exit codes') });
  expect(await typed('--version')).toEqual({ code: 0, text: '1.2.3' });
});

it('a command gets its folder and its options', async () => {
  expect((await typed('show', 'src', '-a', '--depth', '3')).code).toBe(0);
  expect(seen.at(-1)).toMatchObject({ folder: 'src', options: { all: true, depth: '3' } });
});

it('a typo is named, with a suggestion', async () => {
  expect(await typed('shwo')).toEqual({
    code: 2,
    text: 'safe-collection: There is no command "shwo". Did you mean "show"? Try safe-collection --help.',
  });
  expect(await typed('quux')).toEqual({
    code: 2,
    text: 'safe-collection: There is no command "quux". The commands are show. Try safe-collection --help.',
  });
  expect(await typed('show', '--dpth', '3')).toEqual({
    code: 2,
    text: 'safe-collection: There is no option --dpth. Did you mean --depth? Try safe-collection show --help.',
  });
  expect((await typed('show', '--depth')).text).toContain('--depth needs a value: --depth <n>. Try');
  expect((await typed('show', '--hlep')).text).toContain('There is no option --hlep. Did you mean --help?');
  expect((await typed('show', 'a', 'b')).text).toBe('safe-collection: show takes one folder, and got 2: a, b.');
});

it('an expected error shows only its message', async () => {
  expect(await typed('show', '--depth', 'x')).toEqual({ code: 2, text: 'safe-collection: --depth takes a number.' });
});

it('a value that begins with "-" is explained', async () => {
  expect(await typed('show', '--depth', '-5')).toMatchObject({
    code: 2,
    text: expect.stringContaining('The value of --depth begins with "-". If that is meant, write --depth=<value>.'),
  });
});
