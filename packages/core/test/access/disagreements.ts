import type { NaiveRequest } from './naive.js';

/** Where the two engines once gave different answers, with the right one. */
export const disagreements: {
  name: string;
  documents: Record<string, unknown>[];
  request: NaiveRequest;
  decision: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'undetermined';
}[] = [
  {
    name: 'a text that is no address is in no range, not even in 0.0.0.0/0',
    documents: [allowWhen({ IpAddress: { 'aws:ip': '0.0.0.0/0' } })],
    request: get({ 'aws:ip': '10.0.0' }),
    decision: 'implicitDeny',
  },
  {
    name: 'an empty text is no number, so it is not 0',
    documents: [allowWhen({ NumericLessThan: { 'aws:n': '10' } })],
    request: get({ 'aws:n': '' }),
    decision: 'implicitDeny',
  },
  {
    name: 'one digit is a number of seconds, not a year',
    documents: [allowWhen({ DateLessThan: { 'aws:when': '1971' } })],
    request: get({ 'aws:when': '1' }),
    decision: 'allowed',
  },
  {
    name: 'variables are substituted under Bool',
    documents: [allowWhen({ Bool: { 'aws:mfa': '${aws:username}' } })],
    request: get({ 'aws:mfa': 'true', 'aws:username': 'TRUE' }),
    decision: 'allowed',
  },
  {
    name: 'digits with something behind them are no part of an address',
    documents: [allowWhen({ NotIpAddress: { 'aws:ip': '10.0.0.0/24' } })],
    request: get({ 'aws:ip': '10.0.0.0-8' }),
    decision: 'allowed',
  },
  {
    name: 'a Deny that spares anyone is about nobody, whoever calls',
    documents: [openBut({ NotPrincipal: '*' })],
    request: get({}),
    decision: 'allowed',
  },
  {
    name: 'whom a Deny spares that names somebody is not known without a caller',
    documents: [openBut({ NotPrincipal: { AWS: '*' } })],
    request: get({}),
    decision: 'undetermined',
  },
];

/** Where a comparison once said that no request tells two documents apart, with the request that did. */
export const pairDisagreements: {
  name: string;
  a: Record<string, unknown>[];
  b: Record<string, unknown>[];
  request: NaiveRequest;
}[] = [
  {
    name: 'a variable that stands for the value of its own key may be a number',
    a: [allowWhen({ StringLike: { 'aws:tags': ['B', '${aws:tags}'] }, NumericLessThanEquals: { 'aws:tags': '1.0' } })],
    b: [],
    request: get({ 'aws:tags': '1.0' }),
  },
  {
    name: 'a variable that stands for an empty text makes a value that `Null` takes for none',
    a: [],
    b: [allowWhen({ StringLike: { 'aws:none': '${aws:username}' }, Null: { 'aws:none': 'true' } })],
    request: get({ 'aws:none': '', 'aws:username': '' }),
  },
  {
    name: 'a variable may stand for the empty text that another condition asks for',
    a: [],
    b: [allowWhen({ StringLike: { 'aws:none': '${aws:username}' }, StringEquals: { 'aws:none': '' } })],
    request: get({ 'aws:none': '', 'aws:username': '' }),
  },
  {
    name: 'two variables that both stand for an empty text are no value to a set operator',
    a: [],
    b: [
      allowWhen({
        StringLike: { 'aws:none': '${aws:username}${aws:tags}' },
        'ForAllValues:StringLike': { 'aws:none': 'b?' },
        StringNotLike: { 'aws:none': '?*' },
      }),
    ],
    request: get({ 'aws:none': '', 'aws:username': '', 'aws:tags': '' }),
  },
  {
    name: 'a text with fewer parts than an ARN is matched by no pattern of ARNs but `*`',
    a: [allowWhen({ ArnLike: { 'aws:arn': 'arn:aws:iam:*' } })],
    b: [allowWhen({ StringEquals: { 'aws:arn': ['arn:aws:iam', 'arn:aws:iam::1:role/a'] } })],
    request: get({ 'aws:arn': 'arn:aws:iam' }),
  },
  {
    name: 'a star that ends a part of a short ARN may run on to the resource',
    a: [tables('arn:aws:dynamodb:us-east-1:111122223333:table/*'), tables('arn:aws:dynamodb:*:table/prod-*', 'Deny')],
    b: [tables('arn:aws:dynamodb:us-east-1:111122223333:table/*')],
    request: {
      action: 'dynamodb:DeleteTable',
      resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/prod-x',
      context: {},
    },
  },
];

function tables(resource: string, effect = 'Allow'): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: { Effect: effect, Action: 'dynamodb:*', Resource: resource } };
}

function allowWhen(condition: unknown): Record<string, unknown> {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: condition };
  return { Version: '2012-10-17', Statement: statement };
}

/** The policy of a bucket that lets anyone in, but for a Deny. */
function openBut(denied: Record<string, unknown>): Record<string, unknown> {
  const rest = { Action: 's3:GetObject', Resource: '*' };
  const statements = [
    { Effect: 'Allow', Principal: '*', ...rest },
    { Effect: 'Deny', ...denied, ...rest },
  ];
  return { Version: '2012-10-17', Statement: statements };
}

function get(context: NaiveRequest['context']): NaiveRequest {
  return { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context };
}
