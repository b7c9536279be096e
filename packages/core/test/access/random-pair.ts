import type { NaiveRequest } from './naive.js';
import { randomDocument, type Random } from './random.js';

type Json = Record<string, unknown>;
type RandomStatement = Record<string, unknown> & { Condition?: Record<string, Record<string, unknown>> };

/** Two sets of documents that are near each other: the second is often the first with a few changes. */
export function randomPair(random: Random): [Json[], Json[]] {
  const some = () => Array.from({ length: random.chance(0.8) ? 1 : 2 }, () => randomDocument(random));
  const a = some();
  if (random.chance(0.25)) return [a, some()];
  let b = structuredClone(a);
  do b = change(random, b);
  while (random.chance(0.4));
  return random.chance(0.5) ? [a, b] : [b, a];
}

function change(random: Random, documents: Json[]): Json[] {
  const document = random.pick(documents);
  const statements = listOf(document['Statement']) as RandomStatement[];
  const other = listOf(randomDocument(random)['Statement'])[0] as RandomStatement;
  const statement = random.pick(statements);
  switch (random.pick(['add', 'drop', 'split', 'action', 'resource', 'condition', 'value', 'shuffle', 'complement'])) {
    case 'add':
      statements.push(other);
      break;
    case 'drop':
      if (statements.length > 1) statements.splice(statements.indexOf(statement), 1);
      break;
    case 'split':
      split(random, statements, statement);
      break;
    case 'action':
      delete statement['Action'];
      delete statement['NotAction'];
      copy(other, statement, ['Action', 'NotAction']);
      break;
    case 'resource':
      delete statement['Resource'];
      delete statement['NotResource'];
      copy(other, statement, ['Resource', 'NotResource']);
      break;
    case 'condition':
      delete statement.Condition;
      copy(other, statement, ['Condition']);
      break;
    case 'value':
      for (const keys of Object.values(statement.Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) {
          const list = listOf(values);
          if (list.length > 1) keys[key] = list.slice(1);
        }
      }
      break;
    case 'shuffle':
      statements.reverse();
      break;
    case 'complement':
      if (Array.isArray(statement['Resource'])) {
        statement['NotResource'] = statement['Resource'];
        delete statement['Resource'];
      }
      break;
  }
  document['Statement'] = statements;
  return documents;
}

/** The same requests in two statements. */
function split(random: Random, statements: RandomStatement[], statement: RandomStatement): void {
  const element = random.pick(['Action', 'Resource']);
  const list = listOf(statement[element]);
  if (list.length < 2) return;
  const copyOf = structuredClone(statement);
  statement[element] = list.slice(0, 1);
  copyOf[element] = list.slice(1);
  statements.push(copyOf);
}

function copy(from: Json, to: Json, elements: readonly string[]): void {
  for (const element of elements) if (element in from) to[element] = from[element];
}

/** A request at the edges of what the documents speak about: texts of their patterns, their keys and values. */
export function aimedRequest(random: Random, documents: readonly Json[]): NaiveRequest {
  const statements = documents.flatMap((document) => listOf(document['Statement']) as RandomStatement[]);
  const texts = (...elements: string[]) =>
    statements.flatMap((statement) => elements.flatMap((element) => listOf(statement[element]).map(String)));
  const conditions = statements.flatMap((statement) =>
    Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: listOf(values) })),
    ),
  );
  const several = new Set(conditions.filter(({ operator }) => operator.includes(':')).map(({ key }) => key));
  const context: NaiveRequest['context'] = {};
  for (const variable of ['aws:username', 'aws:none', 'aws:arn', 'aws:tags']) {
    if (random.chance(0.5)) context[variable] = random.pick(['b', 'k', 'bob', 'true', 'arn:aws:iam::1:role/a', '', '']);
  }
  for (const { key, values } of conditions) {
    if (random.chance(0.25)) delete context[key];
    else if (random.chance(0.7)) {
      const value = () => edge(random, fill(random, String(random.pick(values)), context));
      context[key] = several.has(key) && random.chance(0.5) ? [value(), value()] : value();
    }
  }
  const action = fill(random, random.pick(texts('Action', 'NotAction')), {});
  const resource = fill(random, random.pick(texts('Resource', 'NotResource')), context);
  return {
    action: /^[a-z0-9-]+:[a-z0-9_-]+$/i.test(action) ? action : random.pick(['s3:GetObject', 's3:Get', 'ec2:x']),
    resource: /^arn:([^:]*:){4}/.test(resource) ? resource : random.pick(['*', 'arn:aws:s3:::b/k', 'arn:aws:s3:::b']),
    context,
  };
}

function fill(random: Random, pattern: string, context: NaiveRequest['context']): string {
  return pattern
    .replace(/\$\{([^{},]*)(?:, '(.*?)')?\}/g, (_, key: string, other?: string) => {
      const value = context[key.toLowerCase()];
      return /^[*?$]$/.test(key) ? key : typeof value === 'string' ? value : (other ?? 'v');
    })
    .replace(/[*]/g, () => random.pick(['', 'x', 'k', 'Object', 'b/k', 'eu:1', '1:x', 'x:']))
    .replace(/[?]/g, () => random.pick(['x', 'k', 't']));
}

function edge(random: Random, value: string): string {
  if (random.chance(0.7)) return value;
  if (/^-?\d+$/.test(value)) return String(BigInt(value) + random.pick([1n, -1n]));
  if (/^[\d.]+\/\d+$/.test(value)) return random.pick(['10.0.0.0', '10.0.1.0', '10.0.0.255', '192.168.3.4']);
  const withoutLastPart = value.replace(/:[^:]*$/, '');
  return random.pick([
    '',
    'true',
    `${value}x`,
    value.slice(1),
    withoutLastPart,
    value.toUpperCase(),
    '2020-01-01T00:00:01Z',
  ]);
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
