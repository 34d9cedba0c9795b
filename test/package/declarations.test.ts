import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { packApp } from './support/packed-app.ts';

const app = await packApp({ declarations: true });
afterAll(() => app.remove());

const exported = readFileSync(join(import.meta.dirname, '../types/consumer/exported.ts'), 'utf8');

/** A module that knows the other one by its emitted declarations alone. */
const USE = `import { findUser, many, orders, picked, rename, shop, sold, userView, users } from './out/exported.mjs';
import { SafeCollection, type Exposed } from 'safe-collection';
export const name: string | undefined = (await findUser('ada'))?.username;
export const cities: string[] | undefined = (await findUser('ada'))?.addresses.map(({ city }) => city);
export const total: number | undefined = (await sold().next())?.sold;
export const modified: number = (await rename('ada')).modifiedCount;
export const shown: Exposed<{ username?: string }> = picked;
export const pickedName: string | undefined = picked.username;
export const ages: number[] = (await users.find({}, { projection: ['age'] }).toArray()).map(({ age }) => age);
export const product: string | undefined = (await orders.findOne({ product: 'tea' }, { projection: ['product'] }))?.product;
export const deleted: number = (await many()).deletedCount;
export const bound = shop.users.exists({ username: 'ada' });
// @ts-expect-error a private path is refused as before
export const secret = users.findOne({}, { projection: ['password_hash'] });
// @ts-expect-error and so is a filter by one
export const guessed = users.exists({ password_hash: 'x' });
void [SafeCollection, userView];
`;

const OPTIONS = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
};

const WAYS = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

describe.each(['typescript-5.9', 'typescript', '@typescript/native'])('with %s', (compiler) => {
  it.each(WAYS)(
    'declarations of what a view and its calls give are emitted, and used, under $moduleResolution',
    { timeout: 120_000 },
    async (way) => {
      const emit = { ...OPTIONS, ...way, declaration: true, emitDeclarationOnly: true, outDir: 'out' };
      expect(await app.compile(compiler, { 'exported.mts': exported }, emit)).toBe('');
      expect(await app.compile(compiler, { 'use.mts': USE }, { ...OPTIONS, ...way, noEmit: true })).toBe('');
    },
  );
});
