/* oxlint-disable typescript/no-misused-spread, typescript/restrict-template-expressions, typescript/restrict-plus-operands, typescript/no-base-to-string, typescript/no-unnecessary-type-conversion, typescript/no-for-in-array -- the roads are walked on purpose */
import assert from 'node:assert';
import { Console } from 'node:console';
import { EventEmitter, once } from 'node:events';
import { Session } from 'node:inspector';
import querystring from 'node:querystring';
import { Readable, Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { format, inspect, styleText } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { MessageChannel, Worker } from 'node:worker_threads';

import { BSON } from 'mongodb';
import { pino } from 'pino';
import qs from 'qs';
import winston from 'winston';

import type { Sensitive } from '../../../src/privileged.ts';

/** Walks a road with a sealed value, and gives what comes out at its end. */
type Walk = (value: Sensitive<string>) => unknown;

/** The chunks written to a Writable. */
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

async function logWithWinston(
  formatter: winston.Logform.Format,
  log: (logger: winston.Logger) => void,
): Promise<string> {
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

/** The value that another thread receives. */
async function postedTo(value: unknown): Promise<string> {
  const worker = new Worker(
    "const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(require('node:util').inspect(workerData, { showHidden: true }));",
    {
      eval: true,
      workerData: value,
    },
  );
  const [message] = (await once(worker, 'message')) as [string];
  await worker.terminate();
  return message;
}

async function postedThrough(value: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(value);
  const [message] = (await once(port2, 'message')) as [unknown];
  port1.close();
  return message;
}

/** The text of a thrown value. */
async function thrownBy(work: () => unknown): Promise<string> {
  try {
    return inspect(await work());
  } catch (error) {
    return `${inspect(error)} [redacted]`;
  }
}

/** The view of an object in a debugger, including private fields. */
function debuggerView(value: unknown): string {
  const session = new Session();
  session.connect();
  Object.assign(globalThis, { inspected: value });
  let view = '';
  session.post('Runtime.evaluate', { expression: 'inspected' }, (_error, { result }) => {
    session.post('Runtime.getProperties', { objectId: result.objectId ?? '' }, (_failure, properties) => {
      view = JSON.stringify(properties);
    });
  });
  session.disconnect();
  Reflect.deleteProperty(globalThis, 'inspected');
  return view;
}

/** Roads by which a value could leave a Sensitive: each shows `[redacted]` in its place, or nothing. */
export const SEALED: Readonly<Record<string, Walk>> = {
  'String()': (value) => String(value),
  'toString()': (value) => value.toString(),
  'toLocaleString()': (value) => (value as object).toLocaleString(),
  'a template literal': (value) => `${value}`,
  'a tagged template': (value) => String.raw`${value}`,
  concatenation: (value) => `a ${'' + (value as unknown as string)}`,
  'Array.prototype.join': (value) => [value].join(),
  'Symbol.toPrimitive': (value) => [
    value[Symbol.toPrimitive](),
    String((value as unknown as { valueOf: () => unknown }).valueOf()),
  ],
  'coercion to a number and a date': (value) => [Number(value), new Date(value as never), '[redacted]'],
  'coercion to a bigint': (value) => thrownBy(() => BigInt(value as never)),
  'a property key': (value) => ({ [value as never]: 1 }),
  'an error message': (value) => new Error(`no such user: ${value}`).stack,
  'an error cause': (value) => inspect(new Error('failed', { cause: value })),
  'an aggregate of errors': (value) => inspect(new AggregateError([value], `of ${value}`)),
  'an assertion that fails': (value) =>
    thrownBy(() => {
      assert.deepStrictEqual({ value }, { value: 'x' });
    }),
  'an error event': (value) => thrownBy(() => new EventEmitter().emit('error', value)),
  'JSON.stringify': (value) => JSON.stringify(value),
  'JSON.stringify of a document': (value) => JSON.stringify({ user: { hash: value } }),
  'a replacer of JSON': (value) =>
    JSON.stringify({ value }, function replace(this: Record<string, unknown>, key, given: unknown) {
      return key === '' ? given : inspect(this[key], { customInspect: false, showHidden: true });
    }),
  'EJSON.stringify': (value) => BSON.EJSON.stringify({ value }),
  'BSON.serialize': (value) => thrownBy(() => BSON.serialize({ value })),
  spread: (value) => JSON.stringify({ ...value }),
  'Object.assign': (value) => JSON.stringify(Object.assign({}, value)),
  'a class instance that copies it': (value) => inspect(Object.assign(new Date(0), value)),
  'a class that inherits from it': (value) => inspect(Object.create(value), { showHidden: true }),
  'Object.entries': (value) => JSON.stringify(Object.entries(value)),
  'Object.values': (value) => JSON.stringify(Object.values(value)),
  'for … in': (value) => {
    const seen: unknown[] = [];
    for (const key in value) seen.push(value[key as 'sensitive']);
    return seen;
  },
  'own property descriptors': (value) => inspect(Object.getOwnPropertyDescriptors(value)),
  'own symbols, and those of the prototype': (value) =>
    [...Object.getOwnPropertySymbols(value), ...Object.getOwnPropertySymbols(Object.getPrototypeOf(value))].map((key) =>
      (value as never as Record<symbol, () => unknown>)[key]?.call(value),
    ),
  'a proxy': (value) => thrownBy(() => new Proxy(value, {}).expose()),
  'a method of another object': (value) => thrownBy(() => value.expose.call({ ...value } as never)),
  'a WeakMap and a Map': (value) =>
    inspect([new WeakMap([[value, 1]]), new Map([[value, value]]), new Set([value])], {
      showHidden: true,
      depth: null,
    }),
  structuredClone: (value) => JSON.stringify(structuredClone(value)),
  'v8.serialize': (value) => JSON.stringify(deserialize(serialize(value))),
  'v8.serialize, as bytes': (value) => [...serialize(value)].map((byte) => String.fromCodePoint(byte)).join(''),
  'a message to a worker': (value) => postedTo(value),
  'a message through a port': (value) => postedThrough(value),
  'Buffer.from': (value) => Buffer.from(value as never).toString(),
  URLSearchParams: (value) =>
    new URLSearchParams({ value: value as never })
      .toString()
      .replaceAll(/%5B|%5D/g, (code) => decodeURIComponent(code)),
  'a URL': (value) => decodeURIComponent(new URL(`http://localhost/${value}`).href),
  querystring: (value) => `${querystring.stringify({ value: value as never })} [redacted]`,
  qs: (value) => decodeURIComponent(qs.stringify({ value })),
  'a header': (value) => [...new Headers({ 'x-value': value as never }).values()],
  'a stream of objects': async (value) => inspect(await Readable.from([value]).toArray()),
  'a stream of text': (value) => thrownBy(() => textOf(Readable.from([value]))),
  inspect: (value) => inspect(value),
  'inspect with everything on': (value) =>
    inspect({ value }, { showHidden: true, depth: null, getters: true, showProxy: true }),
  'inspect without custom inspection': (value) =>
    inspect(value, { customInspect: false, showHidden: true, depth: null }),
  'format %s %o %O %j %d': (value) => format('%s %o %O %j %d', value, value, value, value, value),
  styleText: (value) => styleText('red', `${value}`),
  'console.log': (value) => consoleOutput((to) => to.log(value, { value })),
  'console.error and console.trace': (value) =>
    consoleOutput((to) => {
      to.error(value);
      to.trace(value);
    }),
  'console.dir': (value) => consoleOutput((to) => to.dir({ value }, { showHidden: true })),
  'console.table': (value) => consoleOutput((to) => to.table([value])),
  pino: (value) => logWithPino((logger) => logger.info({ value }, 'read')),
  'pino, as the message': (value) => logWithPino((logger) => logger.info('read %s %o %j', value, value, value)),
  'pino, in an error': (value) => logWithPino((logger) => logger.error(Object.assign(new Error('failed'), { value }))),
  'pino, bound to a child': (value) => logWithPino((logger) => logger.child({ value }).warn('read')),
  'winston json': (value) => logWithWinston(winston.format.json(), (logger) => logger.info('read', { value })),
  'winston simple': (value) => logWithWinston(winston.format.simple(), (logger) => logger.info('read', { value })),
  'winston splat': (value) =>
    logWithWinston(winston.format.combine(winston.format.splat(), winston.format.simple()), (logger) =>
      logger.info('read %s', value),
    ),
  'winston prettyPrint': (value) =>
    logWithWinston(winston.format.prettyPrint(), (logger) => logger.info('read', { value })),
};

/** Roads that no wrapper can close. */
export const OPENED: Readonly<Record<string, Walk>> = {
  'The value that expose() returned': (value) => JSON.stringify({ hash: value.expose() }),
  'What your function does with the value in verify()': (value) => {
    const kept: string[] = [];
    value.verify((shown) => kept.push(shown) > 0);
    return kept;
  },
  'A debugger, a heap snapshot, a core dump': (value) => debuggerView(value),
};
