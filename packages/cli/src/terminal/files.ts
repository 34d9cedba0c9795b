import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { FileError } from './file-error.ts';

/** The text of a file, or `undefined` if there is none. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw new FileError(`${path} can't be read: ${causeOf(thrown)}.`);
  }
}

export function writeText(path: string, text: string): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, text);
  } catch (thrown) {
    throw new FileError(`${path} can't be written: ${causeOf(thrown)}. Name another file.`);
  }
}

/** Makes the folders one by one. With `recursive`, Node never returns from a place where no folder can be made, such as `/proc`. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path);
}

export function readJson(path: string): unknown {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new FileError(`${path} is not JSON. Was it merged by hand? Write it again.`);
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  ENOENT: 'no file can be made there',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

function causeOf(thrown: unknown): string {
  const code = codeOf(thrown);
  return CAUSES[code] ?? code;
}

function codeOf(thrown: unknown): string {
  const { code } = thrown as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}
