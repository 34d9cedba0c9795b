import { SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { SafeCollectionError } from 'safe-collection';

/** What is known of a call before it is made. No value of a filter and no document is among it. */
export interface TracedCall {
  readonly operation: string;
  readonly view: string;
}

/**
 * Runs a call of a collection in a span: the operation, the view, the duration, the number of documents, and the code of a refusal. Values
 * never become attributes, and the error's message is left out too, since others than the library's may have values.
 */
export async function traced<T>({ operation, view }: TracedCall, call: () => Promise<T>): Promise<T> {
  const attributes = { 'db.system.name': 'mongodb', 'db.operation.name': operation, 'db.collection.name': view };
  const tracer = trace.getTracer('safe-collection-example');
  return await tracer.startActiveSpan(
    `${operation} ${view}`,
    { kind: SpanKind.CLIENT, attributes },
    async (span) => await finish(span, call),
  );
}

async function finish<T>(span: Span, call: () => Promise<T>): Promise<T> {
  try {
    const result = await call();
    span.setAttributes(countsOf(result));
    return result;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', error instanceof SafeCollectionError ? error.code : 'other');
    throw error;
  } finally {
    span.end();
  }
}

function countsOf(result: unknown): Attributes {
  if (Array.isArray(result)) return { 'db.response.returned_rows': result.length };
  if (typeof result === 'number') return { 'db.response.count': result };
  if (typeof result !== 'object' || result === null) return {};
  const counts = Object.entries(result).filter(([name, value]) => name.endsWith('Count') && typeof value === 'number');
  return Object.fromEntries(counts.map(([name, value]) => [`db.response.${name}`, value as number]));
}
