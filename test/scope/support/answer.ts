/** The answer of a call without the ids that the server or the driver made, also those that are sealed. */
export async function answer(call: Promise<unknown>): Promise<unknown> {
  const given = await call;
  return JSON.parse(JSON.stringify(given ?? null).replaceAll(/"(?:[0-9a-f]{24}|[\w-]{22})"/g, '"id"'));
}
