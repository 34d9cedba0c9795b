import type { Host } from './host.ts';

export interface MongodBinary {
  readonly kind: 'binary';
  readonly path: string;
  readonly version: string;
  readonly from: string;
}

const VERSION = /^db version v?(\d+\.\d+\.\d+)/m;

/** Runs `mongod --version`: a binary counts only if it starts on this machine (libraries, architecture). */
export async function tryBinary(host: Host, path: string, from: string): Promise<MongodBinary> {
  const output = await host.run(path, ['--version'], { env: host.env, totalMs: 30_000 });
  const version = VERSION.exec(output)?.[1];
  if (version === undefined) throw new Error(`${path} --version names no version`);

  return { kind: 'binary', path, version, from };
}
