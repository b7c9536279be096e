import { account, json, region, type Row, type ServiceRows } from '../row.js';

const arn = (name: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;
const kmsKey = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
const read = (name: string) => `secretsmanager:GetSecretValue ${arn(name)}`;

export const rows: readonly Row[] = [
  [
    'GetSecretValue',
    json('GetSecretValue', { SecretId: 'app/token', VersionStage: 'AWSPREVIOUS' }),
    [`${read('app/token-AbCdEf')} secretsmanager:SecretId=app/token secretsmanager:VersionStage=AWSPREVIOUS`],
  ],
  ['GetSecretValue', json('GetSecretValue', { SecretId: arn('app/token-AbCdEf') }), [read('app/token-AbCdEf')]],
  ['GetSecretValue', json('GetSecretValue', { SecretId: arn('app/token') }), [read('app/token-AbCdEf')]],
  ['GetSecretValue', json('GetSecretValue', { SecretId: 'unknown' }), [read('unknown-??????')]],
  [
    'GetSecretValue',
    json('GetSecretValue', { SecretId: 'sealed' }),
    [
      read('sealed-AbCdEf'),
      `kms:Decrypt ${kmsKey} kms:EncryptionContext:SecretARN=${arn('sealed-AbCdEf')} kms:ViaService=secretsmanager.${region}.amazonaws.com`,
    ],
  ],
  [
    'DescribeSecret',
    json('DescribeSecret', { SecretId: 'app/token' }),
    [`secretsmanager:DescribeSecret ${arn('app/token-AbCdEf')}`],
  ],
  [
    'ListSecrets',
    json('ListSecrets', { Filters: [{ Key: 'name', Values: ['app/'] }] }),
    ['secretsmanager:ListSecrets *'],
  ],
  [
    'BatchGetSecretValue',
    json('BatchGetSecretValue', { SecretIdList: ['app/token', 'unknown'] }),
    ['secretsmanager:BatchGetSecretValue *', read('app/token-AbCdEf'), read('unknown-??????')],
  ],
  [
    'BatchGetSecretValue',
    json('BatchGetSecretValue', { Filters: [{ Key: 'name', Values: ['app/'] }] }),
    ['secretsmanager:BatchGetSecretValue *', 'secretsmanager:ListSecrets *', read('app/token-AbCdEf')],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ secrets }) => {
  const stages = new Map([
    ['AWSCURRENT', 'new'],
    ['AWSPREVIOUS', 'old'],
  ]);
  secrets.set('app/token', { name: 'app/token', arn: arn('app/token-AbCdEf'), stages, kmsKey: undefined });
  secrets.set('sealed', { name: 'sealed', arn: arn('sealed-AbCdEf'), stages, kmsKey });
};
