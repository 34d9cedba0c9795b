import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Setting } from './parts.ts';
import { lastLines, type Result } from './result.ts';
import { consumer, installed, versionOf } from './workspace.ts';

const COMPILERS = ['5.9', '6', '7'];
const DRIVERS = ['6', '7'];

/** Compiles, and must not compile. The comment above a line says that the line has an error. */
const PROGRAM = `import type { Collection, ObjectId } from 'mongodb';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
interface User { _id: ObjectId; name: string; age: number; secret: string; addresses: { city: string; code: string }[] }
declare const raw: Collection<User>;
const view = defineView<User>()({
  public: { name: 1, age: 1, 'addresses.city': 1 },
  writable: { name: 1, age: 1 },
  arrays: { addresses: 1 },
});
const users = new SafeCollection(raw, view);
export const found: Promise<{ readonly name: string } | null> = users.findOne({ age: op({ $gt: 1 }) }, { projection: { name: 1 } });
export const set = users.updateOne({ name: 'ada' }, { $set: { age: 1 } }, { trusted: trusted({ update: { $set: { secret: 'x' } } }) });
export const grouped = users.aggregate([{ $group: { _id: '$name', sum: { $sum: '$age' } } }]).toArray();
// @ts-expect-error: a private path
export const leak = users.findOne({}, { projection: { secret: 1 } });
// @ts-expect-error: no projection
export const whole = users.findOne({});
// @ts-expect-error: an oracle
export const oracle = users.countDocuments({ secret: 'x' });
// @ts-expect-error: mass assignment
export const assigned = users.updateOne({ name: 'ada' }, { $set: { secret: 'x' } });
`;

/** Compiles a program against the packed declarations, with each compiler and each driver, and without `skipLibCheck`. */
export async function runTypesOn({ tarball }: Setting): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const driver of DRIVERS) {
    const folder = await consumer(`types-driver-${driver}`, tarball, driver);
    await installed(`types-driver-${driver}`, [tarball, `mongodb@${driver}`, 'type-fest@5', '@types/node@20']);
    const driverVersion = await versionOf(folder, 'mongodb');
    for (const range of COMPILERS) {
      const compiler = await installed(`typescript-${range}`, [`typescript@${range}`]);
      const version = await versionOf(compiler, 'typescript');
      const fault = compile(folder, join(compiler, 'node_modules/typescript/bin/tsc'));
      results.push({
        part: 'TypeScript',
        version,
        ran: `a program, with the types of mongodb ${driverVersion}`,
        fault,
      });
    }
  }
  return results;
}

function compile(folder: string, tsc: string): string | undefined {
  const project = join(folder, 'types');
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'program.ts'), PROGRAM);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    types: ['node'],
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['program.ts'] }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : lastLines(`${stdout}${stderr}`);
}
