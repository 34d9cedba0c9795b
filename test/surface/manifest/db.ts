import type { ClassManifest } from './manifest.ts';

/** A SafeDb is a plain object of collections, so it has no member of the driver's database. */
export const DB: ClassManifest = {
  wrapped: [],
  refused: {
    'it leads to the raw client': ['client', 's'],
    'it returns a raw collection': ['collection', 'collections', 'createCollection', 'renameCollection'],
    'it sends any command': ['command', 'runCursorCommand', 'admin'],
    'its pipeline reads any collection, or the server itself': ['aggregate'],
    'its events have whole documents of all collections': ['watch'],
    'it changes the database itself': ['dropCollection', 'dropDatabase', 'removeUser', 'setProfilingLevel'],
    'indexes are work for a migration, and their keys and filters name private fields': [
      'createIndex',
      'indexInformation',
    ],
    'it shows how the server is set up': [
      'databaseName',
      'options',
      'secondaryOk',
      'readConcern',
      'readPreference',
      'bsonOptions',
      'writeConcern',
      'namespace',
      'timeoutMS',
      'stats',
      'listCollections',
      'profilingLevel',
    ],
  },
  /** The one collection of the test. */
  own: ['items'],
};
