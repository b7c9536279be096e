import { prepare, type PolicyDocument, type Prepared } from '@postern/core';

type LooseStatement = Record<string, unknown>;

function policy(statements: readonly LooseStatement[]): Prepared {
  return prepare({ Version: '2012-10-17', Statement: statements });
}

function tenStatements(): LooseStatement[] {
  return Array.from({ length: 10 }, (_, index) => ({
    Effect: 'Allow',
    Action: [`s3:Get${index}`, `s3:Put${index}`, 's3:List*'],
    Resource: [`arn:aws:s3:::bucket${index}`, `arn:aws:s3:::bucket${index}/*`],
    ...(index % 3 === 0 ? { Condition: { StringEquals: { 'aws:PrincipalTag/team': ['a', `b${index}`] } } } : {}),
  }));
}

/** Two policies of ten statements that are written differently, and how the second stands to the first. */
export function pairOf(relation: string): [Prepared, Prepared] {
  const [first, ...rest] = tenStatements() as [LooseStatement, ...LooseStatement[]];
  const [one, ...others] = first['Action'] as string[];
  const rewritten = [...rest, { ...first, Action: one }, { ...first, Action: others }];
  if (relation === 'equal') return [policy([first, ...rest]), policy(rewritten)];
  const wider = [...rewritten, { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::bucket5/*' }];
  if (relation === 'wider') return [policy([first, ...rest]), policy(wider)];
  const deny = (action: string) => ({ Effect: 'Deny', Action: action, Resource: 'arn:aws:s3:::bucket1/secret*' });
  return [policy([first, ...rest, deny('s3:*')]), policy([...rest, first, deny('s3:Put*')])];
}

/** Policies of one to five statements about a few buckets, so that many of them meet. The same ones every time. */
export function fleet(count: number): Prepared[] {
  let state = 1;
  const pick = <T>(items: readonly T[]): T => {
    state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff;
    return items[state % items.length]!;
  };
  const some = <T>(items: readonly T[], most: readonly number[]): T[] =>
    Array.from({ length: pick(most) }, () => pick(items));
  const actions = ['s3:Get*', 's3:PutObject', 's3:List*', 's3:GetObject', 's3:DeleteObject', 's3:*'];
  const resources = ['a', 'b', 'c', 'd'].flatMap((bucket) =>
    ['*', 'x', 'y*'].map((key) => `arn:aws:s3:::${bucket}/${key}`),
  );
  return Array.from({ length: count }, () =>
    policy(
      Array.from({ length: pick([1, 2, 3, 4, 5]) }, () => ({
        Effect: pick(['Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny']),
        Action: some(actions, [1, 2, 3, 4]),
        Resource: some(resources, [1, 2, 3]),
        ...(pick([true, false, false])
          ? { Condition: { StringEquals: { 'aws:x': some(['a', 'b', 'c'], [1, 2]) } } }
          : {}),
      })),
    ),
  );
}

const place = 'eu-west-1:123456789012';
const lockOf = (key: string) => ({
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [key] },
  Null: { 'dynamodb:LeadingKeys': ['false'] },
});

/** A policy as a job has it: a bucket, an object, two kinds of items in a table and a key, each fenced. */
export const fiveStatements: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::acme-state'] },
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::acme-state/app/state'] },
    {
      Effect: 'Allow',
      Action: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
      Resource: [`arn:aws:dynamodb:${place}:table/locks`],
      Condition: lockOf('acme-state/app/state'),
    },
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: [`arn:aws:dynamodb:${place}:table/locks`],
      Condition: lockOf('acme-state/app/state-md5'),
    },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [`arn:aws:kms:${place}:key/1234abcd-12ab-34cd-56ef-1234567890ab`],
      Condition: {
        StringEquals: {
          'kms:ViaService': ['s3.eu-west-1.amazonaws.com'],
          'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::acme-state', 'arn:aws:s3:::acme-state/app/state'],
        },
      },
    },
  ],
};
