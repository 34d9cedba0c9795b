import { type ClassManifest, INTERNAL } from './manifest.ts';

export const CHANGE_STREAM: ClassManifest = {
  wrapped: ['next', 'close', 'closed', 'Symbol.asyncIterator', 'Symbol.asyncDispose'],
  refused: {
    'next() and the loop do the same': ['hasNext', 'tryNext', 'stream'],
    'a resume token has the _id of a document; each event has a sealed one': ['resumeToken'],
    'it shows what was asked, or leads to the raw collection': ['pipeline', 'options', 'parent', 'namespace', 'type'],
    [INTERNAL]: [
      'asyncDispose',
      'bufferedCount',
      'contextOwner',
      'cursor',
      'isClosed',
      'mode',
      'streamOptions',
      'timeoutContext',
      '_setIsEmitter',
      '_setIsIterator',
      '_createChangeStreamCursor',
      '_closeEmitterModeWithError',
      '_streamEvents',
      '_endStream',
      '_processChange',
      '_processErrorStreamMode',
      '_processErrorIteratorMode',
      '_resume',
      'emitAndLog',
      'emitAndLogHeartbeat',
      'emitAndLogCommand',
    ],
  },
  own: [],
};
