import type { Command } from '../terminal/command.ts';

export const audit: Command = {
  name: 'audit',
  summary: 'show which fields your MongoDB calls return',
  description:
    'Reads the sources of a folder (TypeScript and JavaScript) and finds every call of the MongoDB driver: which fields it\n' +
    'returns, which of them are sensitive, whether a response is in reach, and where request input becomes a filter or an\n' +
    'update. With --uri it also samples the database, read-only. It runs nothing of your code, changes nothing, and never\n' +
    'prints or stores a value of the database.',
  options: {
    uri: { type: 'string', value: '<uri>', help: 'Sample this database too: mongodb://host/name. Read-only.' },
    'uri-env': { type: 'string', value: '<name>', help: 'Take the connection string from an environment variable.' },
    db: { type: 'string', value: '<name>', help: 'The database, if the connection string names none.' },
    sample: { type: 'string', value: '<n>', help: 'Documents to sample from each collection. Default: 2000.' },
    tsconfig: {
      type: 'string',
      value: '<file>',
      help: 'Read paths only from this tsconfig. Default: those around each file.',
    },
    json: { type: 'string', value: '<file>', help: 'Write the report as JSON. - writes to the terminal.' },
    sarif: { type: 'string', value: '<file>', help: 'Write SARIF 2.1.0 for code scanning. - writes to the terminal.' },
    html: { type: 'string', value: '<file>', help: 'Write one self-contained page with a picture of every call.' },
    check: { type: 'boolean', help: 'Fail if there is a finding that is not in the baseline.' },
    baseline: { type: 'string', value: '<file>', help: 'The baseline. Default: safe-collection.baseline.json.' },
    'update-baseline': { type: 'boolean', help: 'Write the findings of today into the baseline.' },
  },
  examples: [
    ['safe-collection audit', 'the calls of the current folder'],
    ['safe-collection audit --uri mongodb://127.0.0.1/shop', 'with the fields that are stored'],
    ['safe-collection audit --html audit.html', 'a page to pass on'],
    ['safe-collection audit --update-baseline', 'accept the findings of today'],
    ['safe-collection audit --check', 'in CI: fail on new ones'],
  ],
  exitCodes: [
    [0, 'done; with --check: no new finding'],
    [1, '--check: new findings'],
    [2, 'the command line, the folder or a file is wrong'],
    [3, 'the database can’t be read'],
  ],
  load: async () => (await import('../audit/run-audit.ts')).runAudit,
};
