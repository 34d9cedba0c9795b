import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { packTarball } from '../package/support/pack-tarball.ts';
import { Reader } from './support/reader.ts';
import { readTutorial } from './support/read-tutorial.ts';

const root = join(import.meta.dirname, '../..');
const steps = readTutorial('docs/tutorial.md', readFileSync(join(root, 'docs/tutorial.md'), 'utf8'));

const uri = new URL(inject('mongodbUri'));
uri.pathname = `/safe-collection-${randomUUID()}`;

const folder = mkdtempSync(join(tmpdir(), 'tutorial-'));
const packed = await packTarball({ declarations: true });
let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start(folder, packed.tarball, uri.href);
});
afterAll(async () => {
  await reader.stop();
  await using client = await new MongoClient(uri.href).connect();
  await client.db().dropDatabase();
  await packed.remove();
  await rm(folder, { recursive: true });
});

/** The lines that a block promises, as patterns: `…` stands for any text. */
function promised(prints: string): readonly RegExp[] {
  const lines = prints.trimEnd().split('\n');
  return lines.map((line) => new RegExp(`^${line.split('…').map(escaped).join('.*')}$`, 'm'));
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

describe('the tutorial, in an empty folder, with the packed package', () => {
  it.each(steps.map((step) => [step.at, step] as const))('%s', { timeout: 300_000 }, async (_at, step) => {
    if (step.kind === 'file') {
      await expect(reader.save(step.path, step.text)).resolves.toBeUndefined();
      return;
    }
    if (step.kind === 'service') {
      await expect(reader.serve(step.text)).resolves.toBeUndefined();
      return;
    }
    const { printed, code } = await reader.run(step.text);
    expect(code === 0, printed).toBe(step.kind === 'command');
    for (const line of promised(step.prints ?? '')) expect(printed).toMatch(line);
  });

  it('has files, commands, a refusal and services', () => {
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['file', 'command', 'failing command', 'service']));
  });
});
