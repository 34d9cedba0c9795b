import type { OpenLibrary } from '../../compare/library.ts';
import { openMikroOrm } from './open-mikro-orm.ts';
import { openMongoose } from './open-mongoose.ts';
import { openPapr } from './open-papr.ts';

/** The libraries that the comparison asks besides the driver. */
export const openPeers: readonly OpenLibrary[] = [openMongoose, openPapr, openMikroOrm];
