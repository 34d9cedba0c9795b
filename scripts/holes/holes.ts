/** A hole that this library, or another system, once had. */
export interface Hole {
  readonly title: string;
  readonly file: string;
  /** The code that closes it; it occurs once in the file. */
  readonly closed: string;
  /** The code that opens it again. */
  readonly open: string;
  /** The tests that have to notice. */
  readonly tests: readonly string[];
}

export const HOLES: readonly Hole[] = [
  {
    title: 'a projection that names no path returns the whole document',
    file: 'src/view/parse-projection.ts',
    closed: `if (paths.length === 0) return call.refuse(`,
    open: `if (paths.length < 0) return call.refuse(`,
    tests: ['test/guard/reads.test.ts', 'test/guard/read-matrix.test.ts', 'test/projection'],
  },
  {
    title: 'a projection takes 0, which is an exclusion (raw driver: all fields but one)',
    file: 'src/view/parse-projection.ts',
    closed: `if (mark === 1 || mark === true) return path;`,
    open: `if (typeof mark === 'number' || mark === true) return path;`,
    tests: ['test/guard/reads.test.ts', 'test/guard/read-matrix.test.ts', 'test/projection'],
  },
  {
    title: 'a filter compares any path (CVE-2023-22894)',
    file: 'src/plan/filter/filter-rules.ts',
    closed: `return filterable.isBelowSubtree(path) && pathFault(path) === undefined ? 'any' : undefined;`,
    open: `return 'any';`,
    tests: ['test/guard/reads.test.ts', 'test/guard/read-matrix.test.ts'],
  },
  {
    title: '$nor is sent unread (CVE-2026-42334)',
    file: 'src/plan/filter/parse-filter.ts',
    closed: `if (!LOGICAL.has(key)) {`,
    open: `if (key === '$nor') return value as never;\n    if (!LOGICAL.has(key)) {`,
    tests: ['test/guard/reads.test.ts', 'test/guard/read-matrix.test.ts', 'test/property/filters.test.ts'],
  },
  {
    title: 'a plain operator object is an operator (injection by ?username[$ne]=)',
    file: 'src/plan/filter/parse-filter.ts',
    closed: `if (this.#rules.operators === 'plain') return value;`,
    open: `return value;`,
    tests: ['test/guard/reads.test.ts', 'test/guard/read-matrix.test.ts'],
  },
  {
    title: "the program's mark can be forged from JSON (CVE-2026-34220)",
    file: 'src/input/marks.ts',
    closed: `return #kind in value && value.#kind === kind ? value.#payload : undefined;`,
    open: `if (!(#kind in value)) return (value as { readonly mark?: object }).mark;\n    return value.#kind === kind ? value.#payload : undefined;`,
    tests: ['test/guard', 'test/view', 'test/write/inputs.test.ts', 'test/write/fixed-marks.test.ts'],
  },
  {
    title: 'a key with undefined is dropped, so the filter gets empty',
    file: 'src/input/copy-input.ts',
    closed: `object[key] = this.copy(readProperty(value, key, what, call), depth + 1, key);`,
    open: `if (Reflect.get(value, key) !== undefined) object[key] = this.copy(readProperty(value, key, what, call), depth + 1, key);`,
    tests: ['test/guard/reads.test.ts', 'test/write/inputs.test.ts', 'test/privileged/every-method.test.ts'],
  },
  {
    title: 'an accessor is read, and may answer differently the next time',
    file: 'src/input/read.ts',
    closed: `if (property === undefined || !Object.hasOwn(property, 'value'))\n    return refuseAt(key, call, \`\${what} has an accessor at\`);`,
    open: `if (property?.get !== undefined) return (holder as Record<string | number, unknown>)[key];\n  if (property === undefined) return undefined;`,
    tests: ['test/guard/reads.test.ts', 'test/plan/copied-once.test.ts', 'test/privileged/every-method.test.ts'],
  },
  {
    title: 'an option that nobody listed reaches the driver (out, dbName, returnKey)',
    file: 'src/plan/options/parse-options.ts',
    closed: `if (!listed.includes(name)) refuseOption(method, name, call);`,
    open: `if (listed.length === 0) refuseOption(method, name, call);`,
    tests: ['test/surface', 'test/guard/reads.test.ts'],
  },
  {
    title: 'a sort on a private path (CVE-2026-31872)',
    file: 'src/plan/filter/parse-sort.ts',
    closed: `if (sortable.covers(path)) return;`,
    open: `if (sortable.at(path)?.toString !== null) return;`,
    tests: ['test/guard/reads.test.ts', 'test/guard/read-matrix.test.ts'],
  },
  {
    title: 'a caller writes any field (mass assignment)',
    file: 'src/plan/update/assert-writable.ts',
    closed: `if (node === undefined || key === RESERVED_KEY) return refuseField(key, \`\${prefix}\${key}\`, call);`,
    open: `if (key === RESERVED_KEY) return refuseField(key, \`\${prefix}\${key}\`, call);\n    if (node === undefined) continue;`,
    tests: ['test/write/insert-containment.test.ts', 'test/write/threat-families.test.ts'],
  },
  {
    title: 'an array is stored at a scalar leaf, so one document has several names',
    file: 'src/view/assert-kind.ts',
    closed: `if (level >= deepest(depths)) return refuseArray(node, level, call);`,
    open: `if (level > 64) return refuseArray(node, level, call);`,
    tests: ['test/write/arrays.test.ts', 'test/write/threat-families.test.ts'],
  },
  {
    title: 'an upsert stores the equalities of its filter',
    file: 'src/plan/update/model-update.ts',
    closed: `if (unwritable !== undefined) refuseNotWritable(opaque.nameOf(unwritable.path), call);`,
    open: `if (unwritable?.path === '') refuseNotWritable(unwritable.path, call);`,
    tests: ['test/write/upserts.test.ts'],
  },
  {
    title: 'the position of $ comes from a private array',
    file: 'src/plan/update/assert-placed.ts',
    closed: `if (other !== undefined)\n      refuse(`,
    open: `if (other === '')\n      refuse(`,
    tests: ['test/write/placed.test.ts'],
  },
  {
    title: 'modifiedCount tells whether a value was stored that nobody may compare',
    file: 'src/plan/update/model-update.ts',
    closed: `const tellsModified = given.paths.every(({ field }) => policy.filterable.covers(policy.opaque.nameOf(field)));`,
    open: `const tellsModified = true;`,
    tests: [
      'test/write/non-interference.test.ts',
      'test/write/threat-families.test.ts',
      'test/write/replacements.test.ts',
    ],
  },
  {
    title: 'an empty filter deletes everything',
    file: 'src/plan/filter/authorise-filter.ts',
    closed: `if (holdsEmpty(filter))`,
    open: `if (holdsEmpty(filter) && Array.isArray(filter))`,
    tests: ['test/write/threat-families.test.ts', 'test/write/inputs.test.ts', 'test/write/bulk-builder.test.ts'],
  },
  {
    title: 'the error of a unique index names a private field (CVE-2014-8161)',
    file: 'src/driver/unique-index.ts',
    closed: `return named.every((path) => policy.public.covers(path)) ? named : NO_PATHS;`,
    open: `return named;`,
    tests: ['test/write/errors.test.ts'],
  },
  {
    title: "the driver's text, which holds stored values, is in the message",
    file: 'src/driver/map-error.ts',
    closed: `const intro = \`\${operation}()\${view === undefined ? '' : \` on \${quote(view)}\`} failed\`;`,
    open: `const intro = \`\${operation}()\${view === undefined ? '' : \` on \${quote(view)}\`} failed (\${error instanceof Error ? error.message : ''})\`;`,
    tests: ['test/write/errors.test.ts', 'test/write/failure-classes.test.ts'],
  },
  {
    title: 'the stages of a pipeline read the stored document',
    file: 'src/plan/pipeline/parse-pipeline.ts',
    closed: `...trustedFilter, ...head, ...view, ...afterView(view, body)`,
    open: `...trustedFilter, ...head, ...afterView(view, body)`,
    tests: ['test/aggregate'],
  },
  {
    title: 'a join on a private key tells the relation',
    file: 'src/plan/pipeline/stages/lookup.ts',
    closed: `if (!isJoinable(foreignField, foreign.joinable)) {`,
    open: `if (pathFault(foreignField) !== undefined) {`,
    tests: ['test/aggregate'],
  },
  {
    title: 'a joined view forgets the conditions of the program',
    file: 'src/plan/pipeline/parse-pipeline.ts',
    closed: `parseOver(stages, foreign, trustedFilter, { ...around, variables: bound }),`,
    open: `parseOver(stages, foreign, trustedFilter.slice(0, 0), { ...around, variables: bound }),`,
    tests: ['test/aggregate', 'test/scope'],
  },
  {
    title: 'estimatedDocumentCount counts the rows of all scopes',
    file: 'src/plan/plan-read.ts',
    closed: `filter: scopePathsOf(call.policy).length > 0 ? boundFilter([], call) : undefined,`,
    open: `filter: undefined,`,
    tests: ['test/scope'],
  },
  {
    title: 'a collation matches the name of another scope',
    file: 'src/plan/options/parse-options.ts',
    closed: `return call.scope !== undefined && listed.includes('collation') ? withScopeCollation(options, call) : options;`,
    open: `return listed.includes('collation') ? options : options;`,
    tests: ['test/scope'],
  },
  {
    title: 'a collation loosens the exact match of an _id',
    file: 'src/plan/filter/exact-ids.ts',
    closed: `if (isLooseCollation(collation)) refuseTextId(filter, policy, call);`,
    open: ``,
    tests: ['test/guard/exact-ids.test.ts'],
  },
  {
    title: 'a subdocument that drifted into a leaf is returned',
    file: 'src/results/bson/read-leaf.ts',
    closed: `    const value = readScalar(type, bytes, at, end);\n    return value === NOT_DECODED ? drifted(path) : value;\n  };\n}`,
    open: `    const value = readScalar(type, bytes, at, end);\n    return value === NOT_DECODED ? bytes.subarray(at, end) : value;\n  };\n}`,
    tests: ['test/decode', 'test/guard/reads.test.ts'],
  },
  {
    title: 'a key on Object.prototype becomes an option of the driver (CVE-2026-53609)',
    file: 'src/driver/prototype-guard.ts',
    closed: `if (!BUILT_IN.has(keys[index])) return`,
    open: `if (keys[index] === '') return`,
    tests: ['test/plan/polluted-prototype.test.ts'],
  },
  {
    title: 'an opaque id of one collection opens as an id of another',
    file: 'src/seal/id-sealer.ts',
    closed: `if (block.readUInt32BE(ID_LENGTH) === tag)`,
    open: `if (block.length > 0)`,
    tests: ['test/opaque/edits.test.ts', 'test/opaque/filters.test.ts'],
  },
  {
    title: 'an expression turns a stored id behind an opaque one into text',
    file: 'src/plan/pipeline/parse-expression.ts',
    closed: `if (scope.moves !== true && hasOpaque(shape)) refuseOpaque(text, scope);`,
    open: `if (scope.moves === null) refuseOpaque(text, scope);`,
    tests: ['test/opaque/reads.test.ts'],
  },
  {
    title: 'an opaque id and the stored one in one filter: one of the two conditions is lost',
    file: 'src/plan/filter/parse-filter.ts',
    closed: `if (opaqueAt !== undefined && Object.hasOwn(emitted, sent)) this.#refuseTwice(path);`,
    open: `if (sent === '') this.#refuseTwice(path);`,
    tests: ['test/opaque/filters.test.ts'],
  },
];
