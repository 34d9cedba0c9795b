import { expect, it } from 'vitest';
import { runCommand } from '../../scripts/mongod/run-command.ts';

const node = (script: string, limits: { totalMs?: number; silenceMs?: number } = {}) =>
  runCommand(process.execPath, ['-e', script], { env: process.env, totalMs: 60_000, ...limits });

const SLEEP = 'setTimeout(() => {}, 600_000);';

it('resolves to the standard output', async () => {
  expect(await node('console.log("one\\ntwo"); console.error("noise")')).toBe('one\ntwo\n');
});

it("rejects with the last lines of a failed command's error output", async () => {
  const script = 'console.error("a\\nb\\n\\nc\\n  d  "); process.exitCode = 3';
  await expect(node(script)).rejects.toThrow(/^b c d$/);
});

it('names the exit code if a failed command prints nothing', async () => {
  await expect(node('process.exitCode = 3')).rejects.toThrow('ended with 3');
});

it('says that a command does not exist', async () => {
  const run = runCommand('no-such-command', [], { env: process.env, totalMs: 60_000 });
  await expect(run).rejects.toThrow('no-such-command is not there');
});

it('ends a command that takes too long', async () => {
  await expect(node(`setInterval(() => console.log("."), 10);`, { totalMs: 300 })).rejects.toThrow(
    'not done after 0.3 s',
  );
});

it('ends a command without output', async () => {
  await expect(node(SLEEP, { silenceMs: 300 })).rejects.toThrow('nothing came for 0.3 s');
});
