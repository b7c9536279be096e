import { parse, type DocumentSource, type Request, type Witness } from '@postern/core';

/** Values of every kind that a condition may ask for. */
const values = [
  'x',
  'true',
  'false',
  '0',
  '1000000',
  '2000-01-01T00:00:00Z',
  '2100-01-01T00:00:00Z',
  '203.0.113.1',
  'arn:aws:iam::111122223333:role/x',
];

/**
 * The condition keys that the documents ask for, that the request lacks, and that would change the answer: the request is
 * none any more with some value of them.
 */
export function decidingAbsences(
  documents: readonly DocumentSource[],
  witness: Witness,
  holds: (request: Request) => boolean,
): string[] {
  const present = new Set(Object.keys(witness.context).map((key) => key.toLowerCase()));
  return Array.from(keysOf(documents))
    .filter(([lowerCase]) => !present.has(lowerCase))
    .flatMap(([, { key, asked }]) => {
      const tried = [...asked.slice(0, 20), ...values];
      return tried.some((value) => !holds({ ...witness, context: { ...witness.context, [key]: value } })) ? [key] : [];
    });
}

/** The condition keys of all statements, those that stand as variables too, with the values that are asked for. */
function keysOf(documents: readonly DocumentSource[]): Map<string, { key: string; asked: string[] }> {
  const keys = new Map<string, { key: string; asked: string[] }>();
  const add = (key: string, asked: readonly string[]): void => {
    const found = keys.get(key.toLowerCase());
    const texts = asked.map((value) => value.replace(/[*?]/g, 'x'));
    if (found === undefined) keys.set(key.toLowerCase(), { key, asked: texts });
    else found.asked.push(...texts);
  };
  for (const source of documents) {
    const { document } = parse(source);
    for (const statement of document?.Statement ?? []) {
      for (const block of Object.values(statement.Condition ?? {})) {
        for (const [key, asked] of Object.entries(block)) add(key, asked);
      }
      if (document?.Version !== '2012-10-17') continue;
      for (const [, key = ''] of JSON.stringify(statement).matchAll(/\$\{([^{},*?$\s"]+)/g)) add(key, []);
    }
  }
  return keys;
}
