import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { capturePrinted } from '../support/capture-printed.ts';
import { compile } from '../support/compile.ts';
import { copyOf } from '../support/run-folder.ts';

vi.setConfig({ testTimeout: 600_000 });

const printed = capturePrinted();

it('a condition of the program says that it applies to no joined document', async () => {
  const folder = copyOf('mongoose');
  const path = join(folder, 'src/notes.ts');
  writeFileSync(
    path,
    `import mongoose, { Schema } from 'mongoose';
import './models.js';

export const Note = mongoose.model(
  'Note',
  new Schema({
    text: { type: String, required: true },
    flag: { type: String, required: true, select: false },
    by: { type: Schema.Types.ObjectId, ref: 'User', required: true },
  }),
);

export async function flagged() {
  const notes = await Note.find({ flag: 'spam' }).populate<{ by: { name: string } | null }>('by', 'name').lean();
  return notes.map((note) => [note.text, note.by?.name]);
}
`,
  );
  expect(compile(folder)).toBe('');
  const options = { from: 'mongoose', views: 'src/views.ts', only: ['src/notes.ts'], write: true };
  expect(await runMigrate({ folder, options })).toBe(0);
  expect(printed.at(-1)).toContain('1 of 1 calls migrated');
  const text = readFileSync(path, 'utf8');
  const trusted = "trusted: trusted({ filter: { flag: 'spam' }, joins: { users: {} } })";
  expect(text).toContain(trusted);
  expect(text).toContain('.findPopulated({}, {');
  expect(compile(folder)).toBe('');
});
