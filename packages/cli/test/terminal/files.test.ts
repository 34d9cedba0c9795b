import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { FileError } from '../../src/terminal/file-error.ts';
import { readText, writeText } from '../../src/terminal/files.ts';
import { folderOf } from '../support/folder.ts';

it('a file is written in folders that are not there yet', () => {
  const folder = folderOf({});
  writeText(join(folder, 'a/b/c.ts'), 'text');
  expect(readFileSync(join(folder, 'a/b/c.ts'), 'utf8')).toBe('text');
});

it('a place where no folder can be made is an error that names the file, and is found at once', () => {
  const folder = folderOf({ file: '' });
  const below = join(folder, 'file/x/y.ts');
  expect(() => writeText(below, '')).toThrow(
    new FileError(`${below} can't be written: a part of the path is a file. Name another file.`),
  );
  // Node's own way to make all folders never returns here.
  if (existsSync('/proc/self'))
    expect(() => writeText('/proc/no/such/y.ts', '')).toThrow(
      new FileError("/proc/no/such/y.ts can't be written: no file can be made there. Name another file."),
    );
});

it('a folder in the place of a file is named', () => {
  const folder = folderOf({});
  expect(() => readText(folder)).toThrow(new FileError(`${folder} can't be read: it is a folder.`));
});
