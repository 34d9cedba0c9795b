import { readFileSync } from 'node:fs';

let known: string | undefined;

/** The version of this package. The bundle is one folder below package.json, the sources are two. */
export function packageVersion(): string {
  known ??= read('../package.json') ?? read('../../package.json') ?? 'unknown';
  return known;
}

function read(path: string): string | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
      readonly name?: string;
      readonly version?: string;
    };
    return name === 'safe-collection-cli' ? version : undefined;
  } catch {
    return undefined;
  }
}
