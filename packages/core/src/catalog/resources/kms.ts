import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id */
export const kmsKey: ResourceForm<'AWS::KMS::Key' | 'AWS::KMS::ReplicaKey'> = {
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  title: 'KMS key',
  example: '1234abcd-12ab-34cd-56ef-1234567890ab',
  pattern: '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})$',
  says: 'the key id or the key ARN',
  shortest: 36,
  longest: 36,
  refuse: [
    {
      pattern: '^awskms:///?((?:arn:[^:?]*:kms:[^:?]*:[^:?]*:key/)?[0-9A-Za-z-]+)(?:[?].*)?$',
      say: 'is the URL of a secrets provider of Pulumi: write the key in it alone',
      here: '`$1`',
    },
    {
      pattern: '^alias/|:alias/|^awskms:///?alias/',
      say: 'is an alias, and IAM does not decide by aliases: write the id or the ARN of the key behind it',
    },
    {
      pattern: '^(aws|AWS)/[A-Za-z0-9_-]+$',
      say: 'is the alias of a key that AWS manages, which needs no permission here: leave the option out',
    },
    { pattern: '^[A-Za-z][A-Za-z0-9+.-]*://', say: 'is a URL: write the id or the ARN of the key alone' },
    {
      pattern: '^key/([^/:]+)$',
      say: 'is the end of an ARN: write the id alone',
      here: '`$1`',
    },
  ],
  arn: { service: 'kms', regional: true, account: true, resource: ['key/', itself] },
};
