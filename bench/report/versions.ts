import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const PEERS = resolve(import.meta.dirname, '../peers');

/** The versions and the kind of machine, without machine names and paths. */
export function machine(): string {
  return `${cpus().length} cores, Node ${process.versions.node}`;
}

/** The version of an installed package. */
export function versionOf(name: string, from: 'root' | 'peers' = 'peers'): string {
  const folder = from === 'root' ? ROOT : PEERS;
  const { version } = JSON.parse(readFileSync(resolve(folder, 'node_modules', name, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

/** Each contender with its version and the version of the driver that its package requires. */
export function versionRows(): readonly (readonly [name: string, version: string, driver: string])[] {
  const driver = versionOf('mongodb', 'root');
  return [
    ['raw driver, safe-collection', driver, driver],
    ['zod', versionOf('zod', 'root'), driver],
    ['papr', versionOf('papr'), versionOf('mongodb')],
    ['mongoose', versionOf('mongoose'), versionOf('mongoose/node_modules/mongodb')],
    ['typegoose', versionOf('@typegoose/typegoose'), versionOf('mongoose/node_modules/mongodb')],
    ['MikroORM', versionOf('@mikro-orm/mongodb'), versionOf('@mikro-orm/mongodb/node_modules/mongodb')],
  ];
}
