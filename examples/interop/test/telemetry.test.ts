import { SpanStatusCode, trace, type Attributes, type Span, type SpanStatus, type Tracer } from '@opentelemetry/api';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { traced } from '../telemetry/traced.ts';
import { seededShop } from './support/seeded-shop.ts';

interface Recorded {
  readonly name: string;
  readonly attributes: Attributes;
  status?: SpanStatus;
  isEnded: boolean;
}

const spans: Recorded[] = [];

/** A provider of spans that keeps them: what an SDK does. */
const tracer = {
  startActiveSpan(name: string, { attributes = {} }: { attributes?: Attributes }, _context: unknown, use?: unknown) {
    const recorded: Recorded = { name, attributes: { ...attributes }, isEnded: false };
    spans.push(recorded);
    const made = {
      setAttribute: (key: string, value: never) => Object.assign(recorded.attributes, { [key]: value }),
      setAttributes: (more: Attributes) => Object.assign(recorded.attributes, more),
      setStatus: (status: SpanStatus) => (recorded.status = status),
      end: () => (recorded.isEnded = true),
    };
    return ((use ?? _context) as (span: Span) => unknown)(made as unknown as Span);
  },
} as unknown as Tracer;

beforeAll(() => void trace.setGlobalTracerProvider({ getTracer: () => tracer }));
beforeEach(() => void spans.splice(0));
afterAll(() => trace.disable());

const { products } = seededShop();

it('a span has the operation, the view and the number of documents', async () => {
  await traced({ operation: 'find', view: 'products' }, () => products.find({}, { projection: ['sku'] }).toArray());
  await traced({ operation: 'countDocuments', view: 'products' }, () => products.countDocuments({ sku: 'lamp' }));
  await traced({ operation: 'updateOne', view: 'products' }, () =>
    products.updateOne({ sku: 'tea' }, { $set: { price: 4 } }),
  );
  expect(spans).toEqual([
    span('find', { 'db.response.returned_rows': 2 }),
    span('countDocuments', { 'db.response.count': 1 }),
    span('updateOne', {
      'db.response.matchedCount': 1,
      'db.response.modifiedCount': 0,
      'db.response.upsertedCount': 0,
    }),
  ]);
  expect(JSON.stringify(spans)).not.toMatch(/lamp|tea/);
});

it('a span of a refused call has the code of the refusal', async () => {
  const refused = traced({ operation: 'findOne', view: 'products' }, () =>
    products.findOne({ sku: { $ne: 'lamp' } } as never, { projection: ['sku'] }),
  );
  await expect(refused).rejects.toMatchObject({ code: 'filter_operator_untagged' });
  expect(spans).toEqual([
    { ...span('findOne', { 'error.type': 'filter_operator_untagged' }), status: { code: SpanStatusCode.ERROR } },
  ]);
});

function span(operation: string, more: Attributes): Recorded {
  return {
    name: `${operation} products`,
    attributes: {
      'db.system.name': 'mongodb',
      'db.operation.name': operation,
      'db.collection.name': 'products',
      ...more,
    },
    isEnded: true,
  };
}
