import type { Command } from '../terminal/command.ts';
import { audit } from './audit.ts';
import { init } from './init.ts';
import { lock } from './lock.ts';
import { migrate } from './migrate.ts';

/** The commands, in the order of the help. */
export const commands: readonly Command[] = [audit, init, migrate, lock];
