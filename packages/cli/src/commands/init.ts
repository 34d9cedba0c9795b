import type { Command } from '../terminal/command.ts';

export const init: Command = {
  name: 'init',
  summary: 'write a first views.ts',
  description:
    'Writes one view for each collection it finds: from your interfaces, from the fields that your code uses of results and,\n' +
    'with --uri, from sampled documents. Sensitive fields are left out, with a comment. The file compiles; read it and remove\n' +
    'what no client needs.',
  options: {
    out: { type: 'string', value: '<file>', help: 'The file to write. Default: views.ts.' },
    uri: { type: 'string', value: '<uri>', help: 'Sample this database too: mongodb://host/name. Read-only.' },
    'uri-env': { type: 'string', value: '<name>', help: 'Take the connection string from an environment variable.' },
    db: { type: 'string', value: '<name>', help: 'The database, if the connection string names none.' },
    sample: { type: 'string', value: '<n>', help: 'Documents to sample from each collection. Default: 2000.' },
    tsconfig: {
      type: 'string',
      value: '<file>',
      help: 'Read paths only from this tsconfig. Default: those around each file.',
    },
    collection: { type: 'string', multiple: true, value: '<name>', help: 'Only this collection. May be repeated.' },
    force: { type: 'boolean', help: 'Write over a file that is there.' },
    yes: { type: 'boolean', short: 'y', help: 'Ask nothing.' },
    'dry-run': { type: 'boolean', help: 'Print the file and write nothing.' },
  },
  examples: [
    ['safe-collection init', 'asks, then writes views.ts'],
    ['safe-collection init --yes --out src/views.ts', 'asks nothing'],
    ['safe-collection init --uri mongodb://127.0.0.1/shop', 'with the fields that are stored'],
    ['safe-collection init --dry-run', 'only looks'],
  ],
  exitCodes: [
    [0, 'written, or printed'],
    [1, 'nothing was found to write a view of, or you said no'],
    [2, 'the command line, the folder or a file is wrong'],
    [3, 'the database can’t be read'],
  ],
  load: async () => (await import('../init/run-init.ts')).runInit,
};
