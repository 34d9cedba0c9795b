import type { Command } from '../terminal/command.ts';

export const lock: Command = {
  name: 'lock',
  summary: 'check what views allow for changes',
  description:
    'Writes views.lock.json: what each view returns, filters, sorts, joins and writes. Commit it. With --check it compares\n' +
    'the views with that file and fails if one of them allows more, so that a reviewer sees every widening. It reads\n' +
    'defineView() calls and runs nothing.',
  options: {
    file: { type: 'string', value: '<file>', help: 'The lock file. Default: views.lock.json.' },
    check: { type: 'boolean', help: 'Compare, write nothing, and fail on a widening.' },
    json: { type: 'boolean', help: 'Print the changes as JSON.' },
  },
  examples: [
    ['safe-collection lock', 'write the file; commit it'],
    ['safe-collection lock --check', 'in CI: fail on a widening'],
  ],
  exitCodes: [
    [0, 'written; with --check: no view allows more'],
    [1, '--check: a view allows more, or a view can’t be read'],
    [2, 'the command line, the folder or a file is wrong'],
  ],
  load: async () => (await import('../lock/run-lock.ts')).runLock,
};
