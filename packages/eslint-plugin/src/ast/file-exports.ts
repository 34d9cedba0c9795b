import { readFileSync, statSync } from 'node:fs';

/** What a name of a module is, in another module. `'*'` as a name is the whole module. */
export interface Origin {
  readonly source: string;
  readonly name: string;
}

export interface FileExports {
  readonly named: ReadonlyMap<string, Origin>;
  /** Modules of which everything is exported. */
  readonly all: readonly string[];
}

interface Known {
  readonly modified: number;
  readonly exports: FileExports;
}

const known = new Map<string, Known>();

const IMPORT = /\bimport\s+(?:type\s+)?([^'";]+?)\s+from\s*['"]([^'"\n]+)['"]/g;
const REQUIRED = /\b(?:const|let|var)\s+(\{[^}]*\}|[\w$]+)\s*=\s*require\(\s*['"]([^'"\n]+)['"]\s*\)/g;
const EXPORT_FROM = /\bexport\s+(?:type\s+)?(\*\s*as\s+[\w$]+|\*|\{[^}]*\})\s*from\s*['"]([^'"\n]+)['"]/g;
const EXPORT_NAMES = /\bexport\s+(?:type\s+)?(\{[^}]*\})(?!\s*from)/g;
const EXPORT_DEFAULT = /\bexport\s+default\s+([\w$]+)\s*(?:;|$)/gm;
const EXPORT_CONST = /\bexport\s+(?:const|let|var)\s+([\w$]+)\s*=\s*([\w$]+)(?:\.([\w$]+))?\s*(?:;|$)/gm;
const EXPORT_PATTERN = /\bexport\s+(?:const|let|var)\s+(\{[^}]*\})\s*=\s*([\w$]+)\s*(?:;|$)/gm;
const COMMON_ALL = /(?:\bmodule\.exports\s*=|\.\.\.|\b__exportStar\()\s*require\(\s*['"]([^'"\n]+)['"]\s*\)(?!\s*\.)/g;
const COMMON_NAMES = /\bmodule\.exports\s*=\s*(\{[^}]*\})/g;
const COMMON_NAME =
  /\bexports\.([\w$]+)\s*=\s*(?:require\(\s*['"]([^'"\n]+)['"]\s*\)|([\w$]+))(?:\.([\w$]+))?\s*(?:;|$)/gm;

/**
 * The names that a file exports again from other modules. Read from the text, because a linter has a parser only for the file that it
 * checks: exports of other kinds are not listed.
 */
export function fileExports(file: string): FileExports {
  const modified = statSync(file).mtimeMs;
  const before = known.get(file);
  if (before?.modified === modified) return before.exports;
  const exports = readExports(readFileSync(file, 'utf8'));
  known.set(file, { modified, exports });
  return exports;
}

export function readExports(source: string): FileExports {
  const text = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}])\/\/[^\n]*/g, '');
  const local = localNames(text);
  const named = new Map<string, Origin>();
  const all: string[] = [];
  const add = (name: string, origin: Origin | undefined): void => {
    if (origin !== undefined) named.set(name, origin);
  };
  for (const [, names = '', from = ''] of text.matchAll(EXPORT_FROM)) {
    if (names === '*') all.push(from);
    else if (names.startsWith('*')) add(names.replace(/^\*\s*as\s+/, ''), { source: from, name: '*' });
    else for (const { name, as } of pairsIn(names)) add(as, { source: from, name: name === 'default' ? '*' : name });
  }
  for (const [, names = ''] of text.matchAll(EXPORT_NAMES))
    for (const { name, as } of pairsIn(names)) add(as, local.get(name));
  for (const [, name = ''] of text.matchAll(EXPORT_DEFAULT)) add('default', local.get(name));
  for (const [, as = '', name = '', member] of text.matchAll(EXPORT_CONST)) add(as, memberOf(local.get(name), member));
  for (const [, names = '', whole = ''] of text.matchAll(EXPORT_PATTERN))
    for (const { name, as } of pairsIn(names)) add(as, memberOf(local.get(whole), name));
  for (const [, from = ''] of text.matchAll(COMMON_ALL)) all.push(from);
  for (const [, names = ''] of text.matchAll(COMMON_NAMES))
    for (const { name, as } of pairsIn(names)) add(name, local.get(as));
  for (const [, as = '', from, name = '', member] of text.matchAll(COMMON_NAME))
    add(as, memberOf(from === undefined ? local.get(name) : { source: from, name: '*' }, member));
  return { named, all };
}

function memberOf(origin: Origin | undefined, member: string | undefined): Origin | undefined {
  if (member === undefined || origin === undefined) return origin;
  return origin.name === '*' ? { source: origin.source, name: member } : undefined;
}

/** The names that the file takes from other modules. */
function localNames(text: string): ReadonlyMap<string, Origin> {
  const names = new Map<string, Origin>();
  for (const [, clause = '', source = ''] of text.matchAll(IMPORT)) {
    for (const { name, as } of pairsIn(/\{[^}]*\}/.exec(clause)?.[0] ?? ''))
      names.set(as, { source, name: name === 'default' ? '*' : name });
    for (const part of clause.replace(/\{[^}]*\}/, '').split(',')) {
      const whole = part.replace(/^\s*\*\s*as\s+/, '').trim();
      if (whole !== '') names.set(whole, { source, name: '*' });
    }
  }
  for (const [, target = '', source = ''] of text.matchAll(REQUIRED)) {
    if (!target.startsWith('{')) names.set(target, { source, name: '*' });
    else for (const { name, as } of pairsIn(target)) names.set(as, { source, name });
  }
  return names;
}

/** The names in `{ a, b as c, type D, e: f }`. */
function pairsIn(braces: string): readonly { readonly name: string; readonly as: string }[] {
  return braces
    .replace(/^\{|\}$/g, '')
    .split(',')
    .flatMap((part) => {
      const [name, as] = part
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+|\s*:\s*/);
      return name === undefined || name === '' ? [] : [{ name: unquoted(name), as: unquoted(as ?? name) }];
    });
}

function unquoted(name: string): string {
  return name.replaceAll(/['"]/g, '').trim();
}
