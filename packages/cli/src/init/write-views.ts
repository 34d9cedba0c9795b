import { dirname, relative } from 'node:path';

import type { ViewPlan } from './view-plan.ts';
import { DRIVER_TYPES, keyOf } from './write-interface.ts';

/** Writes the file of all views. `out` is where it will be, for the imports. */
export function writeViews(plans: readonly ViewPlan[], out: string, command = 'init'): string {
  const body = plans.map(writeView).join('\n\n');
  const needsSubtree = plans.some(({ paths }) => paths.some(({ mark }) => mark === 'subtree'));
  const written = plans.flatMap(({ document }) => (document.kind === 'written' ? [document.text] : []));
  const fromDriver = DRIVER_TYPES.filter((type) =>
    written.some((text) => new RegExp(String.raw`\b${type}\b`).test(text)),
  );
  return [
    `// Written by safe-collection ${command}. Remove from \`public\` what no client needs. Fields that are left out are refused.`,
    ...(fromDriver.length > 0 ? [`import type { ${fromDriver.join(', ')} } from 'mongodb';`] : []),
    `import { defineView${needsSubtree ? ', subtree' : ''} } from 'safe-collection';`,
    ...importLines(plans, out),
    '',
    ...written.flatMap((text) => [text, '']),
    body,
    '',
  ].join('\n');
}

function importLines(plans: readonly ViewPlan[], out: string): readonly string[] {
  const lines = plans.flatMap(({ document }) => {
    if (document.kind === 'written') return [];
    const path = relative(dirname(out), document.file).replaceAll('\\', '/');
    const specifier = path.startsWith('.') ? path : `./${path}`;
    const names = document.isDefault ? document.name : `{ ${document.name} }`;
    return [
      `import type ${names} from '${specifier
        .replace(/\.tsx?$/, '.js')
        .replace(/\.mts$/, '.mjs')
        .replace(/\.cts$/, '.cjs')}';`,
    ];
  });
  return [...new Set(lines)].toSorted();
}

function writeView({ collection, name, document, paths, arrays, leftOut, writable = [] }: ViewPlan): string {
  const lines = [
    `export const ${name} = defineView<${document.name}>()({`,
    `  name: '${collection.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}',`,
    '  public: {',
    ...paths.map(({ path, mark, note }) => `    ${keyOf(path)}: ${mark},${note === undefined ? '' : ` // ${note}`}`),
    ...leftOut.map(({ path, why }) => `    // ${keyOf(path)}: left out (${why})`),
    '  },',
    ...(writable.length === 0
      ? []
      : [
          '  // What the code writes of what a client sends.',
          '  writable: {',
          ...writable.map((path) => `    ${keyOf(path)}: 1,`),
          '  },',
        ]),
    ...(arrays.size === 0
      ? []
      : ['  arrays: {', ...[...arrays].map(([path, depths]) => `    ${keyOf(path)}: ${depthText(depths)},`), '  },']),
    '});',
  ];
  return lines.join('\n');
}

function depthText(depths: readonly number[]): string {
  return depths.length === 1 ? String(depths[0]) : `[${depths.join(', ')}]`;
}
