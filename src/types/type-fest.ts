// The one import of type-fest: it loads 216 declaration files, so it is loaded once.
export type { IsAny, IsNever } from 'type-fest';
