// The only import of type-fest, because it loads 216 declaration files.
export type { IsAny, IsNever } from 'type-fest';
