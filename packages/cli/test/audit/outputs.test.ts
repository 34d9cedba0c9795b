import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes, ParserError } from 'parse5';
import { expect, it, vi } from 'vitest';

import { auditProject } from '../../src/audit/audit-project.ts';
import { htmlReport } from '../../src/audit/output/html.ts';
import { sarifReport } from '../../src/audit/output/sarif.ts';
import { runAudit } from '../../src/audit/run-audit.ts';
import { terminalReport } from '../../src/audit/output/terminal.ts';
import { capturePrinted } from '../support/capture-printed.ts';
import { folderOf } from '../support/folder.ts';
import { SHOP } from '../support/shop.ts';

const printed = capturePrinted();

it('a baseline: accepted findings pass, a new one fails', async () => {
  const folder = folderOf(SHOP);
  expect(await runAudit({ folder, options: { check: true } })).toBe(1);
  expect(printed.at(-1)).toBe('12 new findings. Fix what is new, or accept it with --update-baseline.');
  expect(await runAudit({ folder, options: { 'update-baseline': true } })).toBe(0);
  expect(await runAudit({ folder, options: { check: true } })).toBe(0);
  expect(printed.at(-1)).toBe('No new finding.');
  const more = folderOf({
    ...SHOP,
    'safe-collection.baseline.json': readFileSync(join(folder, 'safe-collection.baseline.json'), 'utf8'),
    'more.js': `exports.a = (db, req, res) => db.collection('users').deleteOne(req.body);`,
  });
  expect(await runAudit({ folder: more, options: { check: true } })).toBe(1);
  expect(printed.at(-1)).toBe('1 new finding. Fix what is new, or accept it with --update-baseline.');
});

it('a check without a baseline says so, and two reports on one terminal are refused', async () => {
  const folder = folderOf(SHOP);
  expect(await runAudit({ folder, options: { check: true } })).toBe(1);
  expect(printed.at(-2)).toBe(
    `There is no baseline ${join(folder, 'safe-collection.baseline.json')}, so every finding counts as new.`,
  );
  await expect(runAudit({ folder, options: { json: '-', sarif: '-' } })).rejects.toThrow(
    'Only one report can go to the terminal, not --json and --sarif.',
  );
});

it('a broken baseline is refused, not taken for an empty one', async () => {
  await expect(
    runAudit({ folder: folderOf({ 'safe-collection.baseline.json': '<<<<' }), options: {} }),
  ).rejects.toThrow('is not JSON. Was it merged by hand?');
  await expect(runAudit({ folder: folderOf({ 'safe-collection.baseline.json': '{}' }), options: {} })).rejects.toThrow(
    'is not a baseline',
  );
});

it('the terminal report', async () => {
  await runAudit({ folder: folderOf(SHOP), options: {} });
  expect(printed[0]).toContain('app.js:10  users.findOne  everything');
  expect(printed[0]).toContain('error A sensitive field reaches a response (3, sensitive-response)');
  expect(printed[0]).toContain('9 calls on 2 collections: 8 errors, 4 warnings, 1 note.');
});

it('an empty folder says so', async () => {
  expect(await runAudit({ folder: folderOf({}), options: {} })).toBe(0);
  expect(printed[0]).toBe('No call of the MongoDB driver was found. Is this the folder that holds your sources?');
});

it('SARIF: every result has its rule, place and fingerprint', () => {
  const log = sarifReport(auditProject({ folder: folderOf(SHOP), samples: [] }), '1.0.0');
  const [run] = log.runs;
  expect(log.version).toBe('2.1.0');
  for (const result of run?.results ?? []) {
    expect(run?.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    expect(result.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('app.js');
    expect(result.locations?.[0]?.physicalLocation?.region?.startLine).toBeGreaterThan(0);
    expect(result.partialFingerprints?.['safeCollection/v1']).toMatch(/^[\da-f]{16}$/);
  }
  expect(run?.results?.length).toBe(13);
});

/** The schema of SARIF 2.1.0 from OASIS. */
const SCHEMA = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
) as object;

function faultsOfSarif(log: unknown): readonly string[] {
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(SCHEMA);
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

it('SARIF: the log is valid by the schema of 2.1.0', () => {
  const drifted = {
    path: 'age',
    documents: 2,
    depths: new Set([0]),
    types: new Map([
      ['string', 1],
      ['int', 1],
    ]),
    texts: 0,
    shapes: [],
    isVaried: false,
  };
  const samples = [{ name: 'users', documents: 2, sampled: 2, fields: [drifted], notes: [] }];
  const files = { ...SHOP, 'a b/ü.js': `exports.a = (db, req, res) => db.collection('users').deleteOne(req.body);` };
  const log = sarifReport(auditProject({ folder: folderOf(files), samples }), '1.0.0');
  const rules = new Set(log.runs[0]?.results?.map(({ ruleId }) => ruleId));
  expect(rules).toContain('drift');
  expect(faultsOfSarif(log)).toEqual([]);
  expect(faultsOfSarif(sarifReport(auditProject({ folder: folderOf({}), samples: [] }), '1.0.0'))).toEqual([]);
  expect(faultsOfSarif({ ...log, version: '2' })).not.toEqual([]);
});

/** Attributes that make a browser load something. */
const ASKS = new Set([
  'src',
  'srcset',
  'href',
  'xlink:href',
  'data',
  'action',
  'formaction',
  'poster',
  'background',
  'ping',
]);
const INERT = new Set(
  'html head body meta title style h1 h2 p b i small section div details summary table thead tbody tr th td svg rect text'.split(
    ' ',
  ),
);

function elementsBelow(node: DefaultTreeAdapterTypes.Node): readonly DefaultTreeAdapterTypes.Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap((child) => elementsBelow(child)) : [];
  return 'tagName' in node ? [node, ...children] : children;
}

it('the page parses without a fault, has no script, and asks for nothing', () => {
  const nasty = {
    ...SHOP,
    'x.js': `exports.a = (db, res) => db.collection('<script src=//a>"&\\'').find().then((all) => res.json(all));`,
  };
  const page = htmlReport(auditProject({ folder: folderOf(nasty), samples: [] }));
  const faults: ParserError[] = [];
  const elements = elementsBelow(parse(page, { onParseError: (fault) => void faults.push(fault) }));
  expect(faults).toEqual([]);
  expect([...new Set(elements.map(({ tagName }) => tagName))].filter((name) => !INERT.has(name))).toEqual([]);
  const attributes = elements.flatMap(({ attrs }) => attrs.map(({ name }) => name));
  expect(attributes.filter((name) => ASKS.has(name) || name.startsWith('on') || name === 'style')).toEqual([]);
  expect(page).toContain('&lt;script');
  const styles = page.slice(page.indexOf('<style>'), page.indexOf('</style>'));
  expect(styles).not.toMatch(/url\(|@import|expression/);
});

it('names of files and fields are escaped in the page, and control characters in the terminal', () => {
  const nasty = {
    '<img src=x>.js': `exports.a = (db, res) => db.collection('a\u001b[31mb').findOne({ '<b onload=x>': 1, 'password\u0007': 2 }).then((all) => res.json(all));`,
  };
  const report = auditProject({ folder: folderOf(nasty), samples: [] });
  const page = htmlReport(report);
  expect(page).not.toMatch(/<img|<b onload/);
  expect(page).toContain('&lt;img src=x&gt;.js');
  const text = terminalReport(report, () => true);
  expect(text).toContain(String.raw`a\x1b[31mb`);
  expect(text).toContain(String.raw`password\x07`);
  expect(text).not.toContain('\u0007');
  expect(text).not.toContain('a\u001b[31mb');
});

it('the page is self-contained and has a picture of each collection', () => {
  const page = htmlReport(auditProject({ folder: folderOf(SHOP), samples: [] }));
  expect(page).not.toMatch(/<script|src=|href=|url\(|@import/);
  expect(page.match(/<svg /g)?.length).toBe(2);
  expect(page).toContain('<rect class="sent"');
  expect(page).toContain('findOne app.js:10: password_hash is sensitive and is sent to a client');
});

it('reports are written to files, and to the terminal by -', async () => {
  const folder = folderOf(SHOP);
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await runAudit({ folder, options: { html: join(folder, 'out/a.html'), json: '-' } });
  expect(readFileSync(join(folder, 'out/a.html'), 'utf8')).toContain('<!doctype html>');
  expect(JSON.parse(String(write.mock.calls[0]?.[0]))).toMatchObject({ version: 1 });
});
