import { ClientSession, MongoClient, Timestamp } from 'mongodb';
import { defineView, RefusedCallError, SafeCollection } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Note {
  text: string;
  hash?: string;
}

const server = testServer();
const raw = () => server.db.collection<Note>('sessions');
const view = defineView<Note>()({ public: { text: 1 }, writable: { text: 1 } });
const notes = () => loose(new SafeCollection(raw(), view));
const reads = () => new SafeCollection(raw(), view);
const logins = () => new PrivilegedCollection(raw(), view, { reason: 'test' });
const P = { projection: ['text'] } as const;

const CALLS: Readonly<Record<string, (session: ClientSession) => Promise<unknown>>> = {
  find: (session) =>
    reads()
      .find({}, { ...P, session })
      .toArray(),
  findOne: (session) => reads().findOne({}, { ...P, session }),
  exists: (session) => reads().exists({}, { session }),
  countDocuments: (session) => reads().countDocuments({}, { session }),
  estimatedDocumentCount: (session) => reads().estimatedDocumentCount({ session }),
  distinct: (session) => reads().distinct('text', {}, { session }),
  aggregate: (session) =>
    reads()
      .aggregate([{ $project: { text: 1 } }], { session })
      .toArray(),
  'a privileged find': (session) =>
    logins()
      .find({}, { projection: ['hash'], session })
      .toArray(),
  insertOne: (session) => notes().insertOne({ text: 'x' }, { session }),
  insertMany: (session) => notes().insertMany([{ text: 'x' }], { session }),
  updateOne: (session) => notes().updateOne({ text: 'x' }, { $set: { text: 'y' } }, { session }),
  updateMany: (session) => notes().updateMany({ text: 'x' }, { $set: { text: 'y' } }, { session }),
  replaceOne: (session) => notes().replaceOne({ text: 'x' }, { text: 'y' }, { session }),
  findOneAndReplace: (session) => notes().findOneAndReplace({ text: 'x' }, { text: 'y' }, { ...P, session }),
  deleteOne: (session) => notes().deleteOne({ text: 'x' }, { session }),
  deleteMany: (session) => notes().deleteMany({ text: 'x' }, { session }),
  findOneAndUpdate: (session) => notes().findOneAndUpdate({ text: 'x' }, { $set: { text: 'y' } }, { ...P, session }),
  findOneAndDelete: (session) => notes().findOneAndDelete({ text: 'x' }, { ...P, session }),
  bulkWrite: (session) => notes().bulkWrite([{ deleteOne: { filter: { text: 'x' } } }], { session }),
  'a built bulk': (session) => notes().initializeOrderedBulkOp().find({ text: 'x' }).deleteOne().execute({ session }),
};

let ran: string[] = [];

/** An object that records each access. */
function watched(name: string): PropertyDescriptor {
  return { configurable: true, enumerable: true, get: () => void ran.push(name), set: () => void ran.push(name) };
}

function started(client: MongoClient = server.client): ClientSession {
  const session = client.startSession();
  onTestFinished(() => session.endSession());
  return session;
}

const MEMBERS = [
  'inTransaction',
  'pin',
  'unpin',
  'hasEnded',
  'client',
  'serverSession',
  '_serverSession',
  'transaction',
  'explicit',
  'clusterTime',
  'operationTime',
  'supports',
  'snapshotEnabled',
  'timeoutContext',
  'pinnedConnection',
  'incrementTransactionNumber',
  'isPinned',
  'emit',
  'id',
  'endSession',
];

const FORGED: Readonly<Record<string, () => object>> = {
  'an object that inherits from the class': () =>
    MEMBERS.reduce(
      (forged, name) => Object.defineProperty(forged, name, watched(name)),
      Object.create(ClientSession.prototype) as object,
    ),
  'a proxy': () =>
    new Proxy(started(), {
      get: (_, name) => void ran.push(String(name)),
      getPrototypeOf: () => (ran.push('getPrototypeOf'), ClientSession.prototype),
    }),
  'a session of a subclass': () => {
    class Mine extends ClientSession {
      override inTransaction(): boolean {
        ran.push('inTransaction');
        return false;
      }
    }
    return Object.setPrototypeOf(started(), Mine.prototype) as object;
  },
  'a session with a method of its own': () =>
    Object.defineProperty(started(), 'inTransaction', {
      value: () => void ran.push('inTransaction'),
      configurable: true,
    }),
  'a session with an accessor of its own': () =>
    Object.defineProperty(started(), 'clusterTime', watched('clusterTime')),
  'a session with an accessor in its transaction': () => {
    const session = started();
    Object.defineProperty(Reflect.get(session, 'transaction'), 'isActive', watched('isActive'));
    onTestFinished(() => void Reflect.deleteProperty(Reflect.get(session, 'transaction') as object, 'isActive'));
    return session;
  },
  'a session whose cluster time has methods of its own': () => {
    const session = started();
    const clusterTime = Object.defineProperty(new Timestamp(1n), 'greaterThan', {
      value: () => ran.push('greaterThan'),
    });
    Reflect.set(session, 'clusterTime', { clusterTime });
    return session;
  },
  'a session whose operation time is of a subclass': () => {
    class Mine extends Timestamp {
      override readonly greaterThan = (): never => {
        throw new Error('ran');
      };
    }
    const session = started();
    Reflect.set(session, 'operationTime', new Mine(1n));
    return session;
  },
};

describe.each(Object.entries(CALLS))('%s', (_, call) => {
  it.each(Object.entries(FORGED))('refuses %s, runs nothing of it, and sends nothing', async (_name, make) => {
    const forged = make() as ClientSession;
    ran = [];
    server.forget();
    const error: unknown = await (async () => await call(forged))().catch((thrown: unknown) => thrown);
    const seen = [...ran];
    expect(error).toBeInstanceOf(RefusedCallError);
    expect(error).toMatchObject({ code: 'option_value', path: 'session' });
    expect(seen).toEqual([]);
    expect(server.sent).toEqual([]);
  });

  it('refuses a session of another client, and one that has ended', async () => {
    await using other = new MongoClient(inject('mongodbUri'));
    const ended = server.client.startSession();
    await ended.endSession();
    server.forget();
    const refusalOf = (session: unknown): Promise<unknown> =>
      (async () => await call(session as never))().catch((thrown: unknown) => thrown);
    expect(await refusalOf(started(other))).toMatchObject({
      code: 'option_value',
      path: 'session',
      message: expect.stringContaining("collection's client"),
    });
    expect(await refusalOf(ended)).toMatchObject({
      code: 'session_ended',
      path: 'session',
      message: expect.stringContaining('has ended'),
    });
    expect(server.sent).toEqual([]);
  });

  it('accepts a session of its own client repeatedly, and in a transaction', async () => {
    const session = started();
    Reflect.set(session, Symbol('of a library'), new Map());
    for (let times = 0; times < 2; times += 1) await call(session);
    server.forget();
    await call(session);
    expect(server.sent.map(({ command }) => JSON.stringify(command['lsid']))).toContain(JSON.stringify(session.id));
  });
});

it('an error of the driver while a cursor is opened is mapped like any other', () => {
  const broken = raw();
  Object.defineProperty(broken, 'find', {
    value: () => {
      throw new Error('mongodb://name:password@host');
    },
  });
  const open = () => new SafeCollection(broken, view).find({}, P).next();
  return expect((async () => await open())()).rejects.toMatchObject({
    name: 'DatabaseError',
    code: 'driver_error',
    operation: 'find',
    message: expect.not.stringContaining('password'),
  });
});
