/** A declaration that contains the names of a list. */
export interface Place {
  readonly file: string;
  readonly name: string;
}

/** A list of the grammar, and the other places with its names. */
export interface List {
  readonly grammar: Place;
  readonly guard?: Place;
  readonly types?: Place;
}

const PIPELINE = 'plan/pipeline';
const OPERATOR_TYPES = 'types/pipeline/operator-types.ts';

function at(file: string, name: string): Place {
  return { file, name };
}

/** The lists whose names are in several places. The compiler has to notice every difference. */
export const LISTS: readonly List[] = [
  {
    grammar: at('grammar/query-operators.ts', 'QUERY_OPERATORS'),
    guard: at('plan/filter/parse-operators.ts', 'PARSERS'),
    types: at('types/op.ts', 'OperatorsFor'),
  },
  {
    grammar: at('grammar/geo-operators.ts', 'GEO_OPERATORS'),
    guard: at('plan/filter/parse-geo.ts', 'PARSERS'),
    types: at('types/geo.ts', 'GeoOperands'),
  },
  {
    grammar: at('grammar/geo-operators.ts', 'GEO_AREAS'),
    guard: at('plan/filter/parse-geo.ts', 'AREAS'),
    types: at('types/geo.ts', 'Areas'),
  },
  {
    grammar: at('grammar/geo-operators.ts', 'NEAR_OPERANDS'),
    guard: at('plan/filter/parse-geo.ts', 'NEARS'),
    types: at('types/geo.ts', 'NearOperands'),
  },
  {
    grammar: at('grammar/text-options.ts', 'TEXT_OPTIONS'),
    guard: at('plan/filter/parse-text.ts', 'TAKES'),
    types: at('types/text.ts', 'TextOperands'),
  },
  { grammar: at('grammar/geo-operators.ts', 'GEOMETRIES'), types: at('types/geo.ts', 'Coordinates') },
  { grammar: at('grammar/query-operators.ts', 'BRANCH_OPERATORS'), types: at('types/op.ts', 'PresenceOperands') },
  { grammar: at('grammar/query-operators.ts', 'EXACT_OPERATORS'), types: at('types/op.ts', 'ExactOperands') },
  { grammar: at('grammar/query-operators.ts', 'NOT_PULLED'), types: at('types/op.ts', 'PulledOperators') },
  { grammar: at('grammar/query-operators.ts', 'OPAQUE_OPERATORS'), types: at('types/op.ts', 'OpaqueOperands') },
  {
    grammar: at('grammar/projection-operators.ts', 'PROJECTION_OPERATORS'),
    guard: at('view/array-limit.ts', 'PARSERS'),
    types: at('types/array-limit.ts', 'LimitOperands'),
  },
  {
    grammar: at('grammar/projection-operators.ts', 'UNMATCHED_OPERATORS'),
    guard: at('plan/projection/matches.ts', 'MATCHES'),
  },
  {
    grammar: at('grammar/bson-classes.ts', 'INPUT_CLASSES'),
    guard: at('input/copy-bson.ts', 'COPIES'),
  },
  {
    grammar: at('grammar/bson-classes.ts', 'OUTPUT_CLASSES'),
    guard: at('http/copy-sent.ts', 'COPIES'),
    types: at('types/scalar.ts', 'Classes'),
  },
  { grammar: at('grammar/bson-classes.ts', 'CARRIER_CLASSES'), types: at('types/scalar.ts', 'Carriers') },
  {
    grammar: at('grammar/update-operators.ts', 'UPDATE_OPERATORS'),
    guard: at('plan/update/update-operators.ts', 'OPERATORS'),
    types: at('types/write/check-operand.ts', 'SingleOperands'),
  },
  { grammar: at('grammar/update-operators.ts', 'SILENT_OPERATORS') },
  {
    grammar: at('grammar/update-operators.ts', 'PUSH_MODIFIERS'),
    guard: at('plan/update/update-operators.ts', 'MODIFIERS'),
    types: at('types/write/check-operand.ts', 'PushModifiers'),
  },
  {
    grammar: at('grammar/stages.ts', 'STAGE_METHODS'),
    guard: at(`${PIPELINE}/parse-stages.ts`, 'PARSERS'),
    types: at('types/pipeline/check-stage.ts', 'Checks'),
  },
  { grammar: at('grammar/expression-operators.ts', 'POSITIONAL'), types: at(OPERATOR_TYPES, 'FixedTypes') },
  { grammar: at('grammar/expression-operators.ts', 'MERGING'), types: at(OPERATOR_TYPES, 'DerivedTypes') },
  { grammar: at('grammar/expression-operators.ts', 'FIRST_OPERAND') },
  { grammar: at('grammar/expression-operators.ts', 'NAMED'), types: at(OPERATOR_TYPES, 'NullableTypes') },
  {
    grammar: at('grammar/expression-operators.ts', 'BINDING'),
    guard: at(`${PIPELINE}/binding-operators.ts`, 'PARSERS'),
  },
  {
    grammar: at('grammar/expression-operators.ts', 'SPECIAL'),
    guard: at(`${PIPELINE}/special-operators.ts`, 'PARSERS'),
  },
  {
    grammar: at('grammar/accumulators.ts', 'PLAIN_ACCUMULATORS'),
    guard: at(`${PIPELINE}/accumulators.ts`, 'PARSERS'),
    types: at('types/pipeline/accumulator-types.ts', 'Accumulated'),
  },
  {
    grammar: at('grammar/accumulators.ts', 'NAMED_ACCUMULATORS'),
    types: at('types/pipeline/accumulator-types.ts', 'Operands'),
  },
  {
    grammar: at('grammar/accumulators.ts', 'WINDOW_ACCUMULATORS'),
    guard: at(`${PIPELINE}/accumulators.ts`, 'WINDOW_ACCUMULATORS'),
  },
  {
    grammar: at('grammar/window-functions.ts', 'WINDOW_ONLY'),
    guard: at(`${PIPELINE}/window-functions.ts`, 'PARSERS'),
    types: at('types/pipeline/accumulator-types.ts', 'Windowed'),
  },
  {
    grammar: at('grammar/bulk-models.ts', 'BULK_MODELS'),
    types: at('types/write/bulk.ts', 'FieldChecks'),
  },
  {
    grammar: at('grammar/method-options.ts', 'PASSED_OPTIONS'),
    guard: at('plan/options/parse-option.ts', 'PARSERS'),
    types: at('types/options.ts', 'AllOptions'),
  },
  { grammar: at('grammar/collation-fields.ts', 'COLLATION_FIELDS') },
  { grammar: at('grammar/collation-fields.ts', 'COLLATION_VALUES') },
  {
    grammar: at('grammar/write-concern-fields.ts', 'WRITE_CONCERN_FIELDS'),
    guard: at('plan/options/parse-option.ts', 'CONCERN_CHECKS'),
    types: at('types/options.ts', 'WriteConcern'),
  },
  { grammar: at('grammar/bson-classes.ts', 'BYTE_CLASSES'), guard: at('input/own-scalar.ts', 'COPIES') },
  {
    grammar: at('grammar/trusted-parts.ts', 'TRUSTED_PARTS'),
    guard: at('plan/options/trusted-parts.ts', 'byName'),
    types: at('types/trusted.ts', 'TrustedShape'),
  },
  {
    grammar: at('grammar/view-parts.ts', 'VIEW_PARTS'),
    guard: at('view/parse-spec.ts', 'parsed'),
    types: at('types/capabilities.ts', 'SpecShape'),
  },
  { grammar: at('grammar/view-parts.ts', 'TYPED_PARTS'), guard: at('view/parse-spec.ts', 'sets') },
  { grammar: at('grammar/view-parts.ts', 'COMPARED_PARTS'), guard: at('view/parse-spec.ts', 'sets') },
  { grammar: at('grammar/view-parts.ts', 'LOCATED_PARTS'), guard: at('view/parse-spec.ts', 'parsed') },
  { grammar: at('grammar/view-parts.ts', 'CONVENTION_PARTS'), guard: at('view/parse-spec.ts', 'parsed') },
  {
    grammar: at('grammar/cursor-methods.ts', 'CURSOR_READS'),
    guard: at('collection/document-cursor.ts', 'DocumentCursor'),
  },
  {
    grammar: at('grammar/cursor-methods.ts', 'CURSOR_OPTIONS'),
    guard: at('collection/safe-cursor.ts', 'SafeCursor'),
  },
];

/** The lists and limits that exist once: the guard and the types both read them from the grammar, so they can't differ. */
export const WRITTEN_ONCE: readonly string[] = [
  'AGENT_METHODS',
  'CONDITION_LISTS',
  'CONDITION_OPERATORS',
  'DATE_UNITS',
  'EXACT_CONDITIONS',
  'FIELD_KINDS',
  'MEASURES',
  'MOST_CONDITIONS',
  'MOST_PATHS',
  'MOST_SORT_KEYS',
  'MOST_STEPS',
  'SEALED_CONDITIONS',
  'TOOL_LIMITS',
  'EJSON_MODES',
  'JSON_FORMATS',
  'JSON_OPTIONS',
  'ACCUMULATORS',
  'AREA_GEOMETRIES',
  'BSON_TYPE_NAMES',
  'COUNTING',
  'DOCUMENT_VARIABLES',
  'KEEPING_STAGES',
  'LOGICAL_OPERATORS',
  'MERGED_PARTS',
  'METHOD_OPTIONS',
  'NEAR_OPERATORS',
  'READ_CONCERN_LEVELS',
  'READ_PREFERENCE_MODES',
  'REFUSED_OPTIONS',
  'SCALAR_CLASSES',
  'SCOPE_CLASSES',
  'STATING_STAGES',
  'USED_PARTS',
  'VALUE_VARIABLES',
  'WINDOW_FUNCTIONS',
];
