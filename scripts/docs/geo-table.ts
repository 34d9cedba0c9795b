import {
  AREA_GEOMETRIES,
  GEO_AREAS,
  GEO_OPERATORS,
  GEOMETRIES,
  NEAR_OPERANDS,
  type GeoOperator,
} from '../../src/grammar/geo-operators.ts';
import { quoted } from './quoted.ts';

const TAKES = {
  $geoWithin: `one of ${quoted(GEO_AREAS)}; \`$geometry\` is a ${AREA_GEOMETRIES.map((name) => `\`${name}\``).join(' or ')}`,
  $geoIntersects: `\`$geometry\`: ${quoted(Object.keys(GEOMETRIES))}`,
  $near: `${quoted(NEAR_OPERANDS)}; \`$geometry\` is a \`Point\``,
  $nearSphere: 'the same',
} satisfies Record<GeoOperator, string>;

/** The table of the geo operators in docs/filters.md. */
export function geoTable(): string {
  return ['| operator | takes |', '|---|---|', ...GEO_OPERATORS.map((name) => `| \`${name}\` | ${TAKES[name]} |`)].join(
    '\n',
  );
}
