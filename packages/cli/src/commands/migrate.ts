import type { Command } from '../terminal/command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'rewrite raw calls to safe ones',
  description:
    'Rewrites calls of the driver’s collections to those of the library, with the views that init wrote. It shows a diff and\n' +
    'writes nothing without --write. The result is compiled first, and a call that would not compile is left unchanged, with\n' +
    'the reason in a comment: // safe-collection: … Remove the comment to have the call tried again.\n\n' +
    'With --from it rewrites calls of Mongoose or Prisma instead. If there are no views yet, it writes them from the\n' +
    'schemas, and a database.ts that opens the database.',
  options: {
    write: { type: 'boolean', help: 'Change the files. Commit your work first.' },
    force: { type: 'boolean', help: 'With --write: also change files whose last changes are not committed to git.' },
    only: { type: 'string', multiple: true, value: '<path>', help: 'Only this folder or file. May be repeated.' },
    from: {
      type: 'string',
      value: '<library>',
      help: 'The library of the calls: driver, mongoose or prisma. Default: driver.',
    },
    views: {
      type: 'string',
      value: '<file>',
      help: 'With --from: the file to write views to, if there are none. Default: views.ts.',
    },
    schema: {
      type: 'string',
      value: '<file>',
      help: 'With --from prisma: the schema, or its folder. Default: prisma/schema.prisma.',
    },
    tsconfig: {
      type: 'string',
      value: '<file>',
      help: "Compile with this tsconfig. Default: the folder's own, or the nearest above.",
    },
  },
  examples: [
    ['safe-collection migrate', 'show what would change'],
    ['safe-collection migrate --only src/orders', 'one folder'],
    ['safe-collection migrate --write', 'change the files'],
    ['safe-collection migrate --from mongoose', 'calls of Mongoose models'],
    ['safe-collection migrate --from prisma', 'calls of a Prisma client'],
  ],
  exitCodes: [
    [0, 'shown or written; unchanged calls are listed'],
    [1, 'nothing was written, because files to change are not committed'],
    [2, 'the command line, the folder or a file is wrong'],
  ],
  load: async () => (await import('../migrate/run-migrate.ts')).runMigrate,
};
