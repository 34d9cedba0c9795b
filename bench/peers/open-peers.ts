import type { OpenContender } from '../contenders/contender.ts';
import { openMikroOrm } from './open-mikro-orm.ts';
import { openMongoose } from './open-mongoose.ts';
import { openPapr } from './open-papr.ts';
import { openTypegoose } from './open-typegoose.ts';

/** The libraries to compare with, besides the driver. */
export const openPeers: readonly OpenContender[] = [openMongoose, openPapr, openTypegoose, openMikroOrm];
