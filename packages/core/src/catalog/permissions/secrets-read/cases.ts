import { defineRefused, defineSamples } from '../../cases.js';
import { secretsRead } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const parameters = 'arn:aws:ssm:eu-west-1:123456789012:parameter';
const secrets = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret';
const token = `${secrets}:app/token-AbCdEf`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:eu-west-1:123456789012:key/${keyId}`;
const otherKey = 'arn:aws:kms:eu-west-1:123456789012:key/00000000-12ab-34cd-56ef-1234567890ab';
const viaParameters = (parameter: string) => ({
  'kms:ViaService': 'ssm.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:PARAMETER_ARN': parameter,
});
const viaSecrets = (secret: string) => ({
  'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:SecretARN': secret,
});
const current = { 'secretsmanager:VersionStage': 'AWSCURRENT' };
const previous = { 'secretsmanager:VersionStage': 'AWSPREVIOUS' };
const byId = { 'secretsmanager:VersionId': '00000000-0000-0000-0000-000000000001' };

export const samples = defineSamples(secretsRead, [
  {
    name: 'default',
    options: { parameters: ['/app/token', 'plain'], secrets: ['app/token'], ...place },
    allows: [
      { actions: ['ssm:GetParameter'], resource: `${parameters}/app/token`, why: 'aws ssm get-parameter' },
      { actions: ['ssm:GetParameter'], resource: `${parameters}/plain`, why: 'a name without a slash' },
      { actions: ['secretsmanager:GetSecretValue'], resource: token, why: 'aws secretsmanager get-secret-value' },
      {
        actions: ['secretsmanager:GetSecretValue'],
        resource: token,
        context: current,
        why: 'the current stage by name',
      },
    ],
    denies: [
      { actions: ['ssm:GetParameter'], resource: `${parameters}/app/token-old`, why: 'a longer name' },
      { actions: ['ssm:GetParameter'], resource: `${parameters}/app/token/below`, why: 'a parameter below it' },
      { actions: ['ssm:GetParameter'], resource: `${parameters}/app`, why: 'the path above it' },
      {
        actions: ['ssm:GetParameter'],
        resource: 'arn:aws:ssm:us-east-1:123456789012:parameter/app/token',
        why: 'the same name in another region',
      },
      {
        actions: ['ssm:GetParameter'],
        resource: 'arn:aws:ssm:eu-west-1:999999999999:parameter/app/token',
        why: 'the same name in another account',
      },
      {
        actions: ['ssm:GetParameters', 'ssm:GetParameterHistory', 'ssm:GetParametersByPath', 'ssm:PutParameter'],
        resource: `${parameters}/app/token`,
        why: 'one call reads it, and nothing writes it',
      },
      { actions: ['ssm:DescribeParameters'], resource: '*', why: 'the names are known' },
      { actions: ['secretsmanager:GetSecretValue'], resource: `${secrets}:app/token-2-AbCdEf`, why: 'a longer name' },
      { actions: ['secretsmanager:GetSecretValue'], resource: `${secrets}:app/token2-AbCdEf`, why: 'another name' },
      { actions: ['secretsmanager:GetSecretValue'], resource: token, context: previous, why: 'the value before' },
      { actions: ['secretsmanager:GetSecretValue'], resource: token, context: byId, why: 'a version by its id' },
      {
        actions: ['secretsmanager:PutSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:DeleteSecret'],
        resource: token,
        why: 'the value alone is read',
      },
      {
        actions: ['secretsmanager:ListSecrets', 'secretsmanager:BatchGetSecretValue'],
        resource: '*',
        why: 'the name is known, and there is one',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaSecrets(token), why: 'no key is named' },
    ],
  },
  {
    name: 'parameters',
    options: {
      parameters: ['app/token'],
      call: 'both',
      history: true,
      listParameters: true,
      kmsKeys: [keyId],
      ...place,
    },
    allows: [
      {
        actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory'],
        resource: `${parameters}/app/token`,
        why: 'every call that reads one',
      },
      { actions: ['ssm:DescribeParameters'], resource: '*', why: 'aws ssm describe-parameters' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaParameters(`${parameters}/app/token`),
        why: 'a SecureString parameter',
      },
    ],
    denies: [
      {
        actions: ['ssm:GetParameters', 'ssm:GetParameterHistory'],
        resource: `${parameters}/other/token`,
        why: 'another parameter',
      },
      {
        actions: ['kms:Decrypt'],
        resource: otherKey,
        context: viaParameters(`${parameters}/app/token`),
        why: 'another key',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaParameters(`${parameters}/other/token`),
        why: 'the value of another parameter',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { 'kms:EncryptionContext:PARAMETER_ARN': `${parameters}/app/token` },
        why: 'not through the service',
      },
      { actions: ['kms:Encrypt', 'kms:GenerateDataKey'], resource: key, why: 'nothing is encrypted' },
      { actions: ['ssm:DescribeInstanceInformation'], resource: '*', why: 'parameters alone are listed' },
      { actions: ['kms:Decrypt'], resource: key, context: viaSecrets(token), why: 'no secret is named' },
    ],
  },
  {
    name: 'get-parameters',
    options: { parameters: ['/app/token'], call: 'get-parameters', ...place },
    allows: [{ actions: ['ssm:GetParameters'], resource: `${parameters}/app/token`, why: 'aws ssm get-parameters' }],
    denies: [{ actions: ['ssm:GetParameter'], resource: `${parameters}/app/token`, why: 'the other call' }],
  },
  {
    name: 'path',
    options: { parameterPaths: ['/app/production'], kmsKeys: [keyId], ...place },
    allows: [
      { actions: ['ssm:GetParametersByPath'], resource: `${parameters}/app/production`, why: 'without --recursive' },
      {
        actions: ['ssm:GetParametersByPath'],
        resource: `${parameters}/app/production`,
        context: { 'ssm:Recursive': 'false' },
        why: 'with --no-recursive',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaParameters(`${parameters}/app/production/token`),
        why: 'a SecureString parameter in the path',
      },
    ],
    denies: [
      {
        actions: ['ssm:GetParametersByPath'],
        resource: `${parameters}/app/production`,
        context: { 'ssm:Recursive': 'true' },
        why: 'the levels below',
      },
      { actions: ['ssm:GetParametersByPath'], resource: `${parameters}/app/production-old`, why: 'a sibling' },
      { actions: ['ssm:GetParametersByPath'], resource: `${parameters}/app`, why: 'the path above' },
      { actions: ['ssm:GetParameter'], resource: `${parameters}/app/production/token`, why: 'the call for one' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaParameters(`${parameters}/app/production-old/token`),
        why: 'a parameter of a sibling',
      },
    ],
  },
  {
    name: 'recursive',
    options: { parameterPaths: ['/app/production'], recursive: true, ...place, region: 'cn-north-1' },
    allows: [
      {
        actions: ['ssm:GetParametersByPath'],
        resource: 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/app/production',
        context: { 'ssm:Recursive': 'true' },
        why: 'the levels below too, in another partition',
      },
    ],
    denies: [
      {
        actions: ['ssm:GetParametersByPath'],
        resource: 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/app',
        context: { 'ssm:Recursive': 'true' },
        why: 'the path above',
      },
    ],
  },
  {
    name: 'action-with-prefix',
    options: { secretPrefixes: ['app/production/'], kmsKeys: [keyId], ...place },
    allows: [
      { actions: ['secretsmanager:ListSecrets'], resource: '*', why: 'the action finds what the prefix means' },
      {
        actions: ['secretsmanager:GetSecretValue'],
        resource: `${secrets}:app/production/token-AbCdEf`,
        why: 'and reads each',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaSecrets(`${secrets}:app/production/token-AbCdEf`),
        why: 'one that a key of your own encrypts',
      },
    ],
    denies: [
      {
        actions: ['secretsmanager:GetSecretValue'],
        resource: `${secrets}:app/production-old/token-AbCdEf`,
        why: 'another prefix',
      },
      {
        actions: ['secretsmanager:GetSecretValue'],
        resource: `${secrets}:/app/production/token-AbCdEf`,
        why: 'a slash before it makes another name',
      },
      {
        actions: ['secretsmanager:DescribeSecret'],
        resource: `${secrets}:app/production/token-AbCdEf`,
        why: 'values alone',
      },
      { actions: ['secretsmanager:BatchGetSecretValue'], resource: '*', why: 'one by one' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaSecrets(`${secrets}:app/token-AbCdEf`),
        why: 'a secret that the prefix does not find',
      },
    ],
  },
  {
    name: 'batch',
    options: {
      secrets: [
        'app/token',
        `${secrets}:app/my-secret-GhIjKl`,
        'arn:aws:secretsmanager:us-east-1:210987654321:secret:shared-MnOpQr',
      ],
      secretPrefixes: ['ci/'],
      batch: true,
      describeSecrets: true,
      versionStages: ['AWSPREVIOUS'],
      versionIds: true,
      kmsKeys: [keyId],
      ...place,
    },
    allows: [
      {
        actions: ['secretsmanager:BatchGetSecretValue', 'secretsmanager:ListSecrets'],
        resource: '*',
        why: 'a batch, by names or by a filter',
      },
      {
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resource: token,
        context: previous,
        why: 'the value before',
      },
      { actions: ['secretsmanager:GetSecretValue'], resource: token, context: byId, why: 'a version by its id' },
      {
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resource: `${secrets}:ci/npm-AbCdEf`,
        why: 'one that the prefix finds',
      },
      {
        actions: ['secretsmanager:GetSecretValue'],
        resource: `${secrets}:app/my-secret-GhIjKl`,
        why: 'one whose name ends like an ARN',
      },
      {
        actions: ['secretsmanager:GetSecretValue'],
        resource: 'arn:aws:secretsmanager:us-east-1:210987654321:secret:shared-MnOpQr',
        why: 'one of another account and region',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaSecrets(token), why: 'an encrypted secret' },
    ],
    denies: [
      {
        actions: ['secretsmanager:GetSecretValue'],
        resource: token,
        context: { 'secretsmanager:VersionStage': 'AWSPENDING' },
        why: 'a stage that is not named',
      },
      { actions: ['secretsmanager:GetSecretValue'], resource: token, context: current, why: 'the stage it stands for' },
      {
        actions: ['secretsmanager:CreateSecret', 'secretsmanager:GetRandomPassword'],
        resource: '*',
        why: 'secrets are only read',
      },
      {
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resource: `${secrets}:app/my-secret-ZzZzZz`,
        why: 'the whole ARN names one alone',
      },
      {
        actions: ['secretsmanager:DescribeSecret'],
        resource: `${secrets}:other-AbCdEf`,
        why: 'another secret',
      },
      { actions: ['kms:Decrypt'], resource: otherKey, context: viaSecrets(token), why: 'another key' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaSecrets(`${secrets}:other-AbCdEf`),
        why: 'the value of another secret',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { ...viaSecrets(token), 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' },
        why: 'through another service',
      },
    ],
  },
]);

export const refused = defineRefused(secretsRead, [
  {
    name: 'the end of the ARN of a secret',
    options: { secrets: ['secret:app/token'], ...place },
    says: /^secrets\[0\]: `secret:app\/token` is the end of an ARN: write the name alone, here `app\/token`$/,
  },
  {
    name: 'nothing to read',
    options: { ...place },
    says: /^parameters: missing, and so are `parameterPaths`, `secrets` and `secretPrefixes`: name what the job reads/,
  },
  {
    name: 'a parameter with and without the slash',
    options: { parameters: ['/app/token', 'app/token'], ...place },
    says: 'parameters[1]: `app/token` is the same as `/app/token` at `parameters[0]`: keep one',
  },
  {
    name: 'a parameter with a version',
    options: { parameters: ['/app/token:3'], ...place },
    says: /^parameters\[0\]: .* has a version or a label.*here `\/app\/token`/,
  },
  {
    name: 'a parameter with two slashes in its ARN',
    options: { parameters: [`${parameters}//app/token`], ...place },
    says: /^parameters\[0\]: .* is an ARN with the slash twice.*parameter\/app\/token`/,
  },
  {
    name: 'a parameter that goes up',
    options: { parameters: ['/app/../token'], ...place },
    says: /^parameters\[0\]: .* holds a dot segment/,
  },
  {
    name: 'a pattern of parameters',
    options: { parameters: ['/app/*'], ...place },
    says: /^parameters\[0\]: `\/app\/\*` holds a wildcard/,
  },
  {
    name: 'a path for a parameter',
    options: { parameters: ['/app/'], ...place },
    says: /^parameters\[0\]: .* ends with a slash, .*`\/app`/,
  },
  {
    name: 'the whole account as a path',
    options: { parameterPaths: ['/'], ...place },
    says: /^parameterPaths\[0\]: `\/` stands for every parameter of the account/,
  },
  {
    name: 'a path with a slash at its end',
    options: { parameterPaths: ['/app/production/'], ...place },
    says: /^parameterPaths\[0\]: .* ends with a slash or a star, .*`\/app\/production`/,
  },
  {
    name: 'a path that goes up',
    options: { parameterPaths: ['/app/../other'], ...place },
    says: /^parameterPaths\[0\]: .* holds a dot segment/,
  },
  {
    name: 'the ARN of a secret without the six characters',
    options: { secrets: [`${secrets}:app/token`], ...place },
    says: /^secrets\[0\]: .* is an ARN without the hyphen and the six characters that end one.*here `app\/token`/,
  },
  {
    name: 'the ARN of a secret with a JSON key',
    options: { secrets: [`${token}:password::`], ...place },
    says: /^secrets\[0\]: .* has a JSON key, a stage or a version behind it/,
  },
  {
    name: 'a secret with an alias',
    options: { secrets: ['TOKEN, app/token'], ...place },
    says: /^secrets\[0\]: .* has an alias before it.*`app\/token`/,
  },
  {
    name: 'a prefix for a secret',
    options: { secrets: ['app/*'], ...place },
    says: /^secrets\[0\]: .* ends with a star: give the text before it as `secretPrefixes`.*`app\/`/,
  },
  {
    name: 'a prefix that goes up',
    options: { secretPrefixes: ['app/../other/'], ...place },
    says: /^secretPrefixes\[0\]: .* holds a dot segment/,
  },
  {
    name: 'a prefix that is a slash',
    options: { secretPrefixes: ['/'], ...place },
    says: /^secretPrefixes\[0\]: `\/` stands for every secret whose name begins with a slash/,
  },
  {
    name: 'an empty prefix',
    options: { secretPrefixes: [''], ...place },
    says: /^secretPrefixes\[0\]: an empty text stands for every secret of the account/,
  },
  {
    name: 'a prefix with a star',
    options: { secretPrefixes: ['app/*'], ...place },
    says: /^secretPrefixes\[0\]: .* ends with a star, which is put behind it anyway.*`app\/`/,
  },
  {
    name: 'a secret in another partition',
    options: {
      secrets: ['arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a-AbCdEf'],
      ...place,
      partition: 'aws',
    },
    says: /^secrets\[0\]: .* has the partition `aws-cn`, and `partition` says `aws`: make them agree$/,
  },
  {
    name: 'a path for a parameter where paths are taken',
    options: { parameters: ['/app/'], ...place },
    says: /^parameters\[0\]: .* ends with a slash, which no parameter does: write it without, or give a path as `parameterPaths`, here `\/app`$/,
  },
  ...['parameters', 'parameterPaths', 'secrets', 'secretPrefixes'].map((option) => ({
    name: `a URL for ${option}`,
    options: { [option]: ['https://eu-west-1.console.aws.amazon.com/x'], ...place },
    says: new RegExp(`^${option}\\[0\\]: .* is a URL: write `),
  })),
  ...[
    'app/token:password',
    'app/token:password::',
    'app/token::AWSPREVIOUS:',
    'app/token:',
    'app/token:password:AWSCURRENT',
  ].map((secret) => ({
    name: `a secret with what stands behind it, ${secret}`,
    options: { secrets: [secret], ...place },
    says: /^secrets\[0\]: .* has a JSON key, a stage or a version behind it, .*: write the name without, here `app\/token`$/,
  })),
  ...['secret:app/token-AbCdEf:password::', 'secret:app/token:password', 'secret:app/token'].map((secret) => ({
    name: `a part of an ARN, ${secret}`,
    options: { secrets: [secret], ...place },
    says: /^secrets\[0\]: .* is the end of an ARN: write the name alone, here `app\/token`$/,
  })),
  {
    name: 'a name with the six characters that are not known',
    options: { secrets: ['app/token-??????'], ...place },
    says: /^secrets\[0\]: .* ends with `-\?{6}`, which is put behind a name anyway: write it without, here `app\/token`$/,
  },
]);
