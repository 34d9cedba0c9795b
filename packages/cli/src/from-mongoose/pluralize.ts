/** Mongoose's own rules, in their order: the model `BlogPost` gets the collection `blogposts`. */
const RULES: readonly (readonly [pattern: RegExp, ending: string])[] = [
  [/human$/g, 'humans'],
  [/(m|wom)an$/g, '$1en'],
  [/(pe)rson$/g, '$1ople'],
  [/(child)$/g, '$1ren'],
  [/^(ox)$/g, '$1en'],
  [/(ax|test)is$/g, '$1es'],
  [/(octop|cact|foc|fung|nucle)us$/g, '$1i'],
  [/(alias|status|virus)$/g, '$1es'],
  [/(bu)s$/g, '$1ses'],
  [/(buffal|tomat|potat)o$/g, '$1oes'],
  [/([ti])um$/g, '$1a'],
  [/sis$/g, 'ses'],
  [/(?:([^f])fe|([lr])f)$/g, '$1$2ves'],
  [/(hive)$/g, '$1s'],
  [/([^aeiouy]|qu)y$/g, '$1ies'],
  [/(x|ch|ss|sh)$/g, '$1es'],
  [/(matr|vert|ind)ix|ex$/g, '$1ices'],
  [/([m|l])ouse$/g, '$1ice'],
  [/(kn|w|l)ife$/g, '$1ives'],
  [/(quiz)$/g, '$1zes'],
  [/^goose$/, 'geese'],
  [/s$/g, 's'],
  [/([^a-z])$/, '$1'],
  [/$/g, 's'],
];

const UNCOUNTABLE = new Set(
  (
    'advice energy excretion digestion cooperation health justice labour machinery equipment information pollution sewage ' +
    'paper money species series rain rice fish sheep moose deer news expertise status media'
  ).split(' '),
);

/** The collection of a model without an explicit one. */
export function collectionOf(model: string): string {
  const name = model.toLowerCase();
  if (UNCOUNTABLE.has(name)) return name;
  const rule = RULES.find(([pattern]) => name.match(pattern) !== null);
  return rule === undefined ? name : name.replace(rule[0], rule[1]);
}
