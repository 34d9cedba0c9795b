import { expect, it } from 'vitest';
import { checkOwnServer, flawOf } from '../../scripts/mongod/check-own-server.ts';

it('says that MONGODB_URI is set if its server does not answer, without the password', async () => {
  const failure = checkOwnServer('mongodb://someone:hunter2@127.0.0.1:1/', 1);
  await expect(failure).rejects.toThrow(/^MONGODB_URI is set, but its server can't be used: .*ECONNREFUSED/);
  await expect(failure).rejects.not.toThrow('hunter2');
});

it.each(['someone:hunter2@127.0.0.1', 'mongodb://someone:hunter2@'])(
  'does not quote a URI that the driver can not parse (%#)',
  async (uri) => {
    const failure = checkOwnServer(uri, 1);
    await expect(failure).rejects.toThrow(/^MONGODB_URI is set, but/);
    await expect(failure).rejects.not.toThrow('hunter2');
  },
);

it('asks for a replica set, since only that has transactions and change streams', () => {
  expect(flawOf({ isWritablePrimary: true }, 1)).toMatch(/^is no replica set/);
  expect(flawOf({ setName: 'rs0', hosts: ['a:1'] }, 1)).toBeUndefined();
  expect(flawOf({ msg: 'isdbgrid' }, 1)).toBeUndefined();
});

it('asks for as many members as are needed', () => {
  expect(flawOf({ setName: 'rs0', hosts: ['a:1'] }, 3)).toBe('has 1 member(s), and 3 are needed');
  expect(flawOf({ setName: 'rs0', hosts: ['a:1', 'b:1', 'c:1'] }, 3)).toBeUndefined();
});
