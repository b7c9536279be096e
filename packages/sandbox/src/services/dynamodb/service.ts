import type { Call, Check, Operation, Raw, Reply, Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { aliasContext, keyArn, managed } from '../kms/key-names.js';
import { tagContext } from '../request-tags.js';
import { unsupported } from '../unsupported.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html';
const leadingKeys = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html';
const atRest = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html';

type Input = Readonly<Record<string, unknown>>;
type Attributes = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** A table is named, or given by its ARN. */
function nameOf(input: Input): string {
  const named = String(input['TableName'] ?? input['ResourceArn'] ?? '');
  return named.startsWith('arn:') ? (named.split(':').slice(5).join(':').split('/')[1] ?? '') : named;
}

function tableArn(call: Call, input: Input = call.input): string {
  const named = String(input['TableName'] ?? input['ResourceArn'] ?? '');
  return named.startsWith('arn:')
    ? named
    : arnOf(call.world, 'dynamodb', call.region, call.principal.account, `table/${named}`);
}

/** The attribute that is the partition key: as the table was made, else as the request lets guess. */
function partitionKey(call: Call, input: Input): string | undefined {
  const known = call.world.tables.known.get(nameOf(input));
  if (known !== undefined) return known.partitionKey;
  const key = input['Key'] as Attributes | undefined;
  const item = input['Item'] as Attributes | undefined;
  if (key !== undefined) return Object.keys(key)[0];
  return item !== undefined && 'LockID' in item ? 'LockID' : Object.keys(item ?? {})[0];
}

function text(attribute: Readonly<Record<string, string>> | undefined): string[] {
  const value = attribute?.['S'] ?? attribute?.['N'] ?? attribute?.['B'];
  return value === undefined ? [] : [value];
}

/** The partition keys of the items a request names; none for one that names no item. */
function keysOf(call: Call, input: Input): string[] {
  const attribute = partitionKey(call, input);
  const named = (input['Key'] ?? input['Item']) as Attributes | undefined;
  if (named !== undefined) return attribute === undefined ? [] : text(named[attribute]);
  const expression = input['KeyConditionExpression'];
  if (typeof expression !== 'string' || attribute === undefined) return [];
  const names = (input['ExpressionAttributeNames'] ?? {}) as Readonly<Record<string, string>>;
  const values = (input['ExpressionAttributeValues'] ?? {}) as Attributes;
  const found = [...expression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)];
  return found.flatMap(([, name, value]) => ((names[name!] ?? name) === attribute ? text(values[value!]) : []));
}

function contextOf(call: Call, input: Input): NonNullable<Check['context']> {
  const keys = keysOf(call, input);
  const context: Record<string, string | string[]> = {};
  if (keys.length > 0) context['dynamodb:LeadingKeys'] = keys;
  for (const name of ['ReturnValues', 'ReturnConsumedCapacity', 'Select']) {
    const value = input[name];
    if (typeof value === 'string') context[`dynamodb:${name}`] = value;
  }
  const attributes = Object.keys((input['Key'] ?? input['Item'] ?? {}) as Attributes);
  if (attributes.length > 0) context['dynamodb:Attributes'] = attributes;
  return context;
}

/** The key of one's own in a request that creates or changes a table. */
function keyIn(call: Call): { kmsKey?: string } {
  const { KMSMasterKeyId } = (call.input['SSESpecification'] ?? {}) as { KMSMasterKeyId?: unknown };
  return typeof KMSMasterKeyId === 'string' ? { kmsKey: keyArn(call, KMSMasterKeyId) } : {};
}

/** A table that is encrypted with a key of one's own is read and written with the caller's permissions for it. */
function keyChecks(call: Call, input: Input, writes: boolean): Check[] {
  const key = call.world.tables.known.get(nameOf(input))?.kmsKey;
  if (key === undefined || managed.test(key)) return [];
  const context = {
    'kms:ViaService': `dynamodb.${call.region}.${call.world.dnsSuffix}`,
    'kms:CallerAccount': call.principal.account,
    ...aliasContext(call, key),
  };
  return ['kms:Decrypt', ...(writes ? ['kms:GenerateDataKey'] : [])].map((action) => ({
    action,
    resource: key,
    context,
  }));
}

function item(name: string, writes = false): Rule {
  return {
    source: `${leadingKeys} and ${atRest}`,
    checks: (call) => [
      { action: `dynamodb:${name}`, resource: tableArn(call), context: contextOf(call, call.input) },
      ...keyChecks(call, call.input, writes),
    ],
  };
}

function table(name: string): Rule {
  return { source: reference, checks: (call) => [{ action: `dynamodb:${name}`, resource: tableArn(call) }] };
}

/** One check for each table, with the keys of all items in it. */
function batch(name: string, itemsOf: (request: unknown) => Input[]): Rule {
  return {
    source: `${leadingKeys}, BatchGetItem and BatchWriteItem`,
    checks: (call) =>
      Object.entries((call.input['RequestItems'] ?? {}) as Record<string, unknown>).map(([TableName, request]) => {
        const keys = itemsOf(request).flatMap((one) => keysOf(call, { TableName, ...one }));
        return {
          action: `dynamodb:${name}`,
          resource: tableArn(call, { TableName }),
          ...(keys.length === 0 ? {} : { context: { 'dynamodb:LeadingKeys': keys } }),
        };
      }),
  };
}

/** Members of a transaction are checked as the single requests they stand for. */
function transaction(source: string): Rule {
  return {
    source,
    checks: (call) =>
      ((call.input['TransactItems'] ?? []) as readonly Record<string, Input>[]).flatMap((member) =>
        Object.entries(member).map(([kind, input]) => ({
          action: `dynamodb:${{ Get: 'GetItem', Put: 'PutItem', Delete: 'DeleteItem', Update: 'UpdateItem' }[kind] ?? 'ConditionCheckItem'}`,
          resource: tableArn(call, input),
          context: { ...contextOf(call, input), 'dynamodb:EnclosingOperation': call.operation },
        })),
      ),
  };
}

const given = (value: unknown) => Array.isArray(value) && value.length > 0;

const rules: Readonly<Record<string, Rule>> = {
  GetItem: item('GetItem'),
  PutItem: item('PutItem', true),
  DeleteItem: item('DeleteItem', true),
  UpdateItem: item('UpdateItem', true),
  Query: item('Query'),
  Scan: item('Scan'),
  BatchGetItem: batch('BatchGetItem', (request) =>
    (((request as Input | null)?.['Keys'] ?? []) as Attributes[]).map((Key) => ({ Key })),
  ),
  BatchWriteItem: batch('BatchWriteItem', (request) =>
    ((request ?? []) as Record<string, Input>[]).flatMap((one) => [one['PutRequest'] ?? one['DeleteRequest'] ?? {}]),
  ),
  TransactGetItems: transaction(`${reference}: dynamodb:EnclosingOperation`),
  TransactWriteItems: transaction(`${reference}: dynamodb:EnclosingOperation`),
  CreateTable: {
    source: `${reference}; tags on creation: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.Operations.html`,
    checks: (call) =>
      ['dynamodb:CreateTable', ...(given(call.input['Tags']) ? ['dynamodb:TagResource'] : [])].map((action) => ({
        action,
        resource: tableArn(call),
        context: tagContext(call.input['Tags']),
      })),
  },
  DeleteTable: table('DeleteTable'),
  DescribeTable: table('DescribeTable'),
  UpdateTable: table('UpdateTable'),
  DescribeTimeToLive: table('DescribeTimeToLive'),
  DescribeContinuousBackups: table('DescribeContinuousBackups'),
  TagResource: {
    source: reference,
    checks: (call) => [
      { action: 'dynamodb:TagResource', resource: tableArn(call), context: tagContext(call.input['Tags']) },
    ],
  },
  ListTagsOfResource: table('ListTagsOfResource'),
  ListTables: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
  },
};

/** dynalite names tables in an account and region of its own. */
const foreign = /arn:aws:dynamodb:[a-z0-9-]+:[0-9]{12}:table\//g;

/** Tables are local names to dynalite. */
function localNames(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, one: unknown) =>
      name === 'TableName' && typeof one === 'string' && one.startsWith('arn:') ? nameOf({ TableName: one }) : one,
    ),
  );
}

interface Forwarded extends Reply {
  readonly body: string;
}

/** What dynalite answers stands as it is. */
const forwarded = async (call: Call): Promise<Raw> => ({ raw: await forward(call) });

async function forward(call: Call): Promise<Forwarded> {
  const { tables, assumeExisting } = call.world;
  const name = nameOf(call.input);
  const itemRequest = 'Key' in call.input || 'Item' in call.input;
  if (assumeExisting && itemRequest && name !== '' && !tables.known.has(name)) {
    const attribute = partitionKey(call, call.input);
    if (attribute !== undefined) await tables.create(name, attribute);
  }
  const { status, body } = await tables.send(call.operation, localNames(call.input));
  const own = arnOf(call.world, 'dynamodb', call.region, call.principal.account, 'table/');
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: body.replace(foreign, own) };
}

const operations: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(Object.keys(rules).map((name) => [name, forwarded])),
  CreateTable: async (call) => {
    const schema = (call.input['KeySchema'] ?? []) as { AttributeName?: string; KeyType?: string }[];
    const hash = schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
    // dynalite knows no tags and no encryption on creation; their checks are made all the same.
    const rest = Object.fromEntries(
      Object.entries(call.input).filter(([name]) => name !== 'Tags' && name !== 'SSESpecification'),
    );
    const reply = await forward({ ...call, input: rest });
    if (reply.status !== 200 || hash === undefined) return { raw: reply };
    call.world.tables.known.set(nameOf(call.input), { partitionKey: hash, ...keyIn(call) });
    // Clients that find a table in the making sleep for ten seconds: here it is made at once.
    await call.world.tables.untilActive(nameOf(call.input));
    return { raw: reply };
  },
  UpdateTable: async (call) => {
    if (!('SSESpecification' in call.input)) return forwarded(call);
    const reply = await forward({
      ...call,
      operation: 'DescribeTable',
      input: { TableName: nameOf(call.input) },
    });
    const { Table } = JSON.parse(reply.body) as { Table?: object };
    if (Table === undefined) return { raw: reply };
    call.world.tables.encrypted.add(nameOf(call.input));
    Object.assign(call.world.tables.known.get(nameOf(call.input)) ?? {}, keyIn(call));
    return { TableDescription: { ...Table, SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } } };
  },
  DescribeTable: async (call) => {
    const reply = await forward(call);
    if (!call.world.tables.encrypted.has(nameOf(call.input))) return { raw: reply };
    const described = JSON.parse(reply.body) as { Table?: object };
    if (described.Table === undefined) return { raw: reply };
    return { Table: { ...described.Table, SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } } };
  },
  DescribeContinuousBackups: unsupported,
  TransactGetItems: unsupported,
  TransactWriteItems: unsupported,
};

export const dynamodb = defineService({
  name: 'dynamodb',
  model,
  rules,
  operations,
  described,
  notServed:
    /KMSMasterKeyId$|^CreateTable\.(?:ResourcePolicy|GlobalTableSourceArn)|^UpdateTable\.(?:ReplicaUpdates|Global.*Witness)/,
});
