/* oxlint-disable typescript/no-misused-spread, typescript/restrict-template-expressions, typescript/no-base-to-string, typescript/no-unnecessary-type-conversion -- the roads are walked on purpose */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';

import { Binary, BSON } from 'mongodb';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import winston from 'winston';

import { RefusedCallError, SafeCollectionError } from '../../src/index.ts';
import { Sensitive } from '../../src/marks/sensitive.ts';

const SECRET = 's3cr3t-value-of-ada';
const sealed = () => new Sensitive(SECRET);

/** What a Writable was given. */
function sink(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

function logWithPino(log: (logger: ReturnType<typeof pino>) => void): string {
  const { stream, text } = sink();
  log(pino(stream));
  return text();
}

async function logWithWinston(formatter: winston.Logform.Format, log: (logger: winston.Logger) => void): Promise<string> {
  const { stream, text } = sink();
  const logger = winston.createLogger({ format: formatter, transports: [new winston.transports.Stream({ stream })] });
  log(logger);
  const finished = new Promise((resolve) => logger.on('finish', resolve));
  logger.end();
  await finished;
  return text();
}

function consoleOutput(print: (to: Console) => void): string {
  const { stream, text } = sink();
  print(new Console(stream, stream));
  return text();
}

/** Each road by which a value could leave a Sensitive, and what comes out at its end. */
const ROADS: readonly (readonly [road: string, walk: (value: Sensitive<string>) => unknown])[] = [
  ['String()', (value) => String(value)],
  ['toString()', (value) => value.toString()],
  ['toLocaleString()', (value) => (value as object).toLocaleString()],
  ['a template literal', (value) => `${value}`],
  ['concatenation', (value) => `a ${'' + (value as unknown as string)}`],
  ['Array.prototype.join', (value) => [value].join()],
  ['an error message', (value) => new Error(`no such user: ${value}`).stack],
  ['an error cause', (value) => inspect(new Error('failed', { cause: value }))],
  ['JSON.stringify', (value) => JSON.stringify(value)],
  ['JSON.stringify of a document', (value) => JSON.stringify({ user: { hash: value } })],
  ['EJSON.stringify', (value) => BSON.EJSON.stringify({ value })],
  ['spread', (value) => JSON.stringify({ ...value })],
  ['Object.assign', (value) => JSON.stringify(Object.assign({}, value))],
  ['Object.entries', (value) => JSON.stringify(Object.entries(value))],
  ['Object.values', (value) => JSON.stringify(Object.values(value))],
  ['every own property', (value) => inspect(Object.getOwnPropertyDescriptors(value))],
  ['structuredClone', (value) => JSON.stringify(structuredClone(value))],
  ['v8.serialize', (value) => JSON.stringify(deserialize(serialize(value)))],
  ['inspect', (value) => inspect(value)],
  ['inspect with everything on', (value) => inspect({ value }, { showHidden: true, depth: null, getters: true, showProxy: true })],
  ['inspect without custom inspection', (value) => inspect(value, { customInspect: false, showHidden: true, depth: null })],
  ['format %s', (value) => format('%s', value)],
  ['format %o', (value) => format('%o', value)],
  ['format %j', (value) => format('%j', value)],
  ['console.log', (value) => consoleOutput((to) => to.log(value, { value }))],
  ['console.dir', (value) => consoleOutput((to) => to.dir({ value }, { showHidden: true }))],
  ['console.table', (value) => consoleOutput((to) => to.table([value]))],
  ['pino', (value) => logWithPino((logger) => logger.info({ value }, 'read'))],
  ['pino, as the message', (value) => logWithPino((logger) => logger.info('read %s %o %j', value, value, value))],
  ['pino, in an error', (value) => logWithPino((logger) => logger.error(Object.assign(new Error('failed'), { value })))],
  ['winston json', (value) => logWithWinston(winston.format.json(), (logger) => logger.info('read', { value }))],
  ['winston simple', (value) => logWithWinston(winston.format.simple(), (logger) => logger.info('read', { value }))],
  [
    'winston splat',
    (value) => logWithWinston(winston.format.combine(winston.format.splat(), winston.format.simple()), (logger) => logger.info('read %s', value)),
  ],
  ['winston prettyPrint', (value) => logWithWinston(winston.format.prettyPrint(), (logger) => logger.info('read', { value }))],
];

describe('a Sensitive shows [redacted]', () => {
  it.each(ROADS)('through %s', async (_road, walk) => {
    const shown = String(await walk(sealed()));
    expect(shown).toContain('[redacted]');
    expect(shown).not.toContain(SECRET);
  });

  it('and so does a Sensitive of bytes or of a document', () => {
    const values = { bytes: new Sensitive(Buffer.from(SECRET)), document: new Sensitive({ hash: SECRET }) };
    expect(JSON.stringify(values)).toBe('{"bytes":"[redacted]","document":"[redacted]"}');
    expect(inspect(values, { showHidden: true, depth: null })).not.toContain(SECRET);
  });
});

describe('a Sensitive refuses', () => {
  it('to be written as BSON', () => {
    expect(() => BSON.serialize({ hash: sealed() })).toThrow(RefusedCallError);
  });

  it('to be changed, also through its prototype', () => {
    expect(() => Object.assign(sealed(), { toJSON: () => 'mine' })).toThrow(TypeError);
    expect(() => Object.assign(Sensitive.prototype, { toJSON: () => 'mine' })).toThrow(TypeError);
    expect(() => Object.defineProperty(Sensitive, Symbol.hasInstance, { value: () => true })).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(sealed(), null)).toThrow(TypeError);
  });

  it('a subclass', () => {
    class Mine extends Sensitive<string> {}
    expect(() => new Mine(SECRET)).toThrow(RefusedCallError);
  });

  it('to lend its methods to a look-alike, which is no instance either', () => {
    const lookAlike = Object.create(Sensitive.prototype) as Sensitive<string>;
    expect(lookAlike).not.toBeInstanceOf(Sensitive);
    expect(new Proxy(sealed(), {})).not.toBeInstanceOf(Sensitive);
    expect(sealed()).toBeInstanceOf(Sensitive);
    expect(() => lookAlike.expose()).toThrow(TypeError);
  });
});

it('expose() gives the value', () => {
  expect(sealed().expose()).toBe(SECRET);
});

describe('verify()', () => {
  it('gives the verdict of a function that looks at the value', async () => {
    expect(sealed().verify((value) => value === SECRET)).toBe(true);
    expect(sealed().verify((value) => value === 'other')).toBe(false);
    expect(await sealed().verify(async (value) => value === SECRET)).toBe(true);
    expect(await sealed().verify(async () => false)).toBe(false);
  });

  it('refuses any other result, so that no value leaves by it', async () => {
    const leak = ((value: string) => value) as never;
    expect(() => sealed().verify(leak)).toThrow(RefusedCallError);
    await expect(sealed().verify((async (value: string) => value) as never)).rejects.toThrow(RefusedCallError);
  });

  it('does not pass on an error, which may carry the value', async () => {
    const fail = (value: string): boolean => {
      throw new Error(`bad hash ${value}`);
    };
    const caught = [
      await Promise.resolve().then(() => sealed().verify(fail)).catch((error: unknown) => error),
      await sealed().verify(async (value) => fail(value)).catch((error: unknown) => error),
    ];
    for (const error of caught) {
      expect(error).toBeInstanceOf(SafeCollectionError);
      expect(error).toMatchObject({ code: 'sensitive_verify' });
      expect(inspect(error, { showHidden: true, depth: null })).not.toContain(SECRET);
    }
  });
});

describe('equals()', () => {
  it('compares strings, whatever their lengths', () => {
    expect(sealed().equals(SECRET)).toBe(true);
    expect(sealed().equals(sealed())).toBe(true);
    expect(sealed().equals(`${SECRET}x`)).toBe(false);
    expect(sealed().equals('')).toBe(false);
    expect(new Sensitive('\ud800').equals('\ud801')).toBe(false);
  });

  it('compares bytes in any of their forms, and never bytes with a string', () => {
    const bytes = Buffer.from(SECRET);
    expect(new Sensitive(bytes).equals(new Uint8Array(bytes))).toBe(true);
    expect(new Sensitive(new Binary(bytes)).equals(bytes)).toBe(true);
    expect(new Sensitive(bytes).equals(SECRET)).toBe(false);
  });

  it('holds a stored null equal to nothing', () => {
    expect(new Sensitive<string | null>(null).equals('')).toBe(false);
    expect(new Sensitive<string | null>(null).equals('null')).toBe(false);
  });

  it.each([[undefined], [null], [42], [['a']], [{}], [{ length: 19 }]])('refuses a presented %j, on every stored value', (presented) => {
    expect(() => sealed().equals(presented as never)).toThrow(RefusedCallError);
    expect(() => new Sensitive<string | null>(null).equals(presented as never)).toThrow(RefusedCallError);
  });

  it('refuses a stored value that is neither', () => {
    expect(() => (new Sensitive(42) as never as Sensitive<string>).equals('42')).toThrow(RefusedCallError);
  });
});
