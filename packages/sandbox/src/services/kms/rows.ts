import { account, json, region, type Row } from '../row.js';

const kmsKey = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
const object = 'arn:aws:s3:::state/a/b';

export const rows: readonly Row[] = [
  ...(['Decrypt', 'Encrypt', 'GenerateDataKey'] as const).map(
    (name): Row => [
      name,
      json(name, { KeyId: kmsKey, EncryptionContext: { 'aws:s3:arn': object } }),
      [`kms:${name} ${kmsKey} kms:EncryptionContext:aws:s3:arn=${object}`],
    ],
  ),
  ['ListAliases', json('ListAliases', {}), ['kms:ListAliases *']],
  ['DescribeKey', json('DescribeKey', { KeyId: kmsKey }), [`kms:DescribeKey ${kmsKey}`]],
];
