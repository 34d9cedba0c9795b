import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { CheckCost } from '../../scripts/types/count-instantiations.ts';

const TSC = resolve(import.meta.dirname, '../../node_modules/@typescript/native/bin/tsc');

/** Checks one module with TypeScript 7, which has no API. On one thread, so that the count is the same each time. */
export function checkNative(folder: string, source: string): CheckCost {
  const place = join(folder, '.types');
  mkdirSync(place, { recursive: true });
  try {
    const project = join(place, 'tsconfig.json');
    writeFileSync(join(place, 'cost.ts'), source);
    writeFileSync(project, JSON.stringify({ extends: '../tsconfig.json', include: ['cost.ts'] }));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [TSC, '-p', project, '--noEmit', '--singleThreaded', '--extendedDiagnostics'],
      {
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(`TypeScript 7 refuses the module:\n${stdout}${stderr}`);
    return {
      instantiations: numberAfter('Instantiations', stdout),
      milliseconds: numberAfter('Check time', stdout) * 1_000,
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function numberAfter(label: string, output: string): number {
  const found = new RegExp(`^${label}:\\s+(?<number>[\\d.]+)`, 'm').exec(output)?.groups?.['number'];
  if (found === undefined) throw new Error(`TypeScript 7 prints no ${label}`);
  return Number(found);
}
