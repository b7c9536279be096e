import { account, json, region, type Row, type ServiceRows } from '../row.js';

const kmsKey = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
const table = `arn:aws:dynamodb:${region}:${account}:table/locks`;

export const rows: readonly Row[] = [
  ...(['GetItem', 'DeleteItem', 'UpdateItem'] as const).map(
    (name): Row => [
      name,
      json(name, { TableName: 'locks', Key: { LockID: { S: 'a' } } }),
      [`dynamodb:${name} ${table} dynamodb:LeadingKeys=a`],
    ],
  ),
  [
    'PutItem',
    json('PutItem', { TableName: 'locks', Item: { LockID: { S: 'a' } } }),
    [`dynamodb:PutItem ${table} dynamodb:LeadingKeys=a`],
  ],
  [
    'PutItem',
    json('PutItem', { TableName: 'sealed', Item: { LockID: { S: 'a' } } }),
    [
      `dynamodb:PutItem ${table.replace('locks', 'sealed')} dynamodb:LeadingKeys=a`,
      `kms:Decrypt ${kmsKey} kms:ViaService=dynamodb.${region}.amazonaws.com`,
      `kms:GenerateDataKey ${kmsKey} kms:ViaService=dynamodb.${region}.amazonaws.com`,
    ],
  ],
  [
    'Query',
    json('Query', {
      TableName: 'locks',
      KeyConditionExpression: '#k = :v',
      ExpressionAttributeNames: { '#k': 'LockID' },
      ExpressionAttributeValues: { ':v': { S: 'a' } },
    }),
    [`dynamodb:Query ${table} dynamodb:LeadingKeys=a`],
  ],
  ['Scan', json('Scan', { TableName: 'locks' }), [`dynamodb:Scan ${table}`]],
  [
    'BatchGetItem',
    json('BatchGetItem', { RequestItems: { locks: { Keys: [{ LockID: { S: 'a' } }, { LockID: { S: 'b' } }] } } }),
    [`dynamodb:BatchGetItem ${table} dynamodb:LeadingKeys=a,b`],
  ],
  [
    'BatchWriteItem',
    json('BatchWriteItem', {
      RequestItems: {
        locks: [{ PutRequest: { Item: { LockID: { S: 'a' } } } }, { DeleteRequest: { Key: { LockID: { S: 'b' } } } }],
      },
    }),
    [`dynamodb:BatchWriteItem ${table} dynamodb:LeadingKeys=a,b`],
  ],
  [
    'TransactGetItems',
    json('TransactGetItems', { TransactItems: [{ Get: { TableName: 'locks', Key: { LockID: { S: 'a' } } } }] }),
    [`dynamodb:GetItem ${table} dynamodb:LeadingKeys=a`],
  ],
  [
    'TransactWriteItems',
    json('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'locks', Item: { LockID: { S: 'a' } } } }] }),
    [`dynamodb:PutItem ${table} dynamodb:LeadingKeys=a`],
  ],
  [
    'CreateTable',
    json('CreateTable', { TableName: 'new', Tags: [{ Key: 'a', Value: 'b' }] }),
    [`dynamodb:CreateTable ${table.replace('locks', 'new')}`, `dynamodb:TagResource ${table.replace('locks', 'new')}`],
  ],
  ...(['DeleteTable', 'DescribeTable', 'UpdateTable', 'DescribeTimeToLive', 'DescribeContinuousBackups'] as const).map(
    (name): Row => [name, json(name, { TableName: 'locks' }), [`dynamodb:${name} ${table}`]],
  ),
  ...(['TagResource', 'ListTagsOfResource'] as const).map(
    (name): Row => [name, json(name, { ResourceArn: table }), [`dynamodb:${name} ${table}`]],
  ),
  ['ListTables', json('ListTables', {}), ['dynamodb:ListTables *']],
];

export const setUp: ServiceRows['setUp'] = ({ tables }) => {
  tables.known.set('locks', { partitionKey: 'LockID' });
  tables.known.set('sealed', { partitionKey: 'LockID', kmsKey });
};
