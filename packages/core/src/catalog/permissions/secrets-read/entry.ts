import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template, text } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { onlyEncryptedFor } from '../../conditions/encryption-context.js';
import { kmsKey } from '../../resources/kms.js';
import { secret, secretPrefix, versionStage } from '../../resources/secretsmanager.js';
import { ssmParameterBesidePaths, ssmParameterPath } from '../../resources/ssm.js';
import { vendors } from './vendor.js';

const secrets = [
  arn('secrets'),
  template`arn:${partition}:secretsmanager:${region}:${account}:secret:${text('secretPrefixes')}*`,
];
const readsSecrets = any(given('secrets'), given('secretPrefixes'));
const readsParameters = any(given('parameters'), given('parameterPaths'));

const ssmCommands = source('aws/aws-cli', '2.36.7', 'awscli/botocore/data/ssm/2014-11-06/service-2.json');
const secretCommands = source('aws/aws-cli', '2.36.7', 'awscli/botocore/data/secretsmanager/2017-10-17/service-2.json');
const action = (what: string) => source('aws-actions/aws-secretsmanager-get-secrets', '022e891', 'src/utils.ts', what);
const guide = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';
const retrieval = vendor('Systems Manager user guide, parameter retrieval', `${guide}/ps-retrieval-authorization.html`);
const batches = vendor(
  'Secrets Manager API, BatchGetSecretValue',
  'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html',
);

export const secretsRead = defineUseCase({
  id: 'secrets-read',
  title: 'Read secrets and parameters',
  summary: 'Reads parameters of SSM Parameter Store and secrets of Secrets Manager, and decrypts them.',
  excludes: 'Does not create, change, rotate or delete parameters and secrets, and does not read their policies.',
  options: {
    parameters: list(ssmParameterBesidePaths, 'Parameters the job reads, with or without the leading slash.', {
      elsewhere: true,
    }),
    call: oneOf(
      ['get-parameter', 'get-parameters', 'both'],
      'Which call reads the parameters: each is an action of its own, and CDK and CloudFormation make both.',
      { default: 'get-parameter' },
    ),
    history: toggle('Read the earlier values of the parameters too.'),
    parameterPaths: list(
      ssmParameterPath,
      'Paths whose parameters the job reads all at once with GetParametersByPath.',
    ),
    recursive: toggle('Read the levels below the paths too, not only the parameters directly in them.'),
    listParameters: toggle('List the names of all parameters in the account and region with DescribeParameters.'),
    secrets: list(
      secret,
      'Secrets the job reads: by name, or by the whole ARN, which one of another account and one whose name ends like an ARN need.',
      { elsewhere: true },
    ),
    secretPrefixes: list(
      secretPrefix,
      'What the names of secrets begin with that the job finds with ListSecrets and reads; a slash at its beginning is part of the names.',
    ),
    listSecrets: toggle('List the names of all secrets in the account and region with ListSecrets.'),
    batch: toggle('Read several secrets in one call with BatchGetSecretValue.'),
    describeSecrets: toggle('Look at what is known of the secrets besides their value.'),
    versionStages: list(versionStage, 'Stages whose version the job reads, instead of the current one.'),
    versionIds: toggle('Read versions by their id, old ones too.'),
    kmsKeys: list(kmsKey, 'KMS keys of your own that encrypt the parameters or the secrets.', {
      anchors: ['partition'],
      elsewhere: true,
    }),
    ...place,
  },
  refuse: [
    {
      path: 'parameters',
      if: all(not(readsParameters), not(readsSecrets), not(is('listParameters', true)), not(is('listSecrets', true))),
      say: 'missing, and so are `parameterPaths`, `secrets` and `secretPrefixes`: name what the job reads',
    },
  ],
  notes: [
    {
      if: readsParameters,
      say: 'a parameter that the key aws/ssm encrypts needs no permission for the key; one of your own keys is named in `kmsKeys`',
    },
    {
      if: readsSecrets,
      say: 'a secret that the key aws/secretsmanager encrypts needs no permission for the key; one of your own keys is named in `kmsKeys`',
    },
    {
      if: given('kmsKeys'),
      say: 'the policy of the KMS key must allow the job too, by name or through the account; keys are used in `region` alone, so that another region needs a policy of its own',
    },
    {
      if: given('parameterPaths'),
      say: 'whoever may read a path reads everything in it: AWS asks for the path alone, and a Deny of single parameters has no effect there',
    },
    {
      if: given('secretPrefixes'),
      say: 'the action aws-secretsmanager-get-secrets takes every secret that a prefix finds, at most 100, and fails where one of them may not be read',
    },
    {
      if: all(readsSecrets, not(is('versionIds', true))),
      say: 'that a request which names no version has neither secretsmanager:VersionStage nor secretsmanager:VersionId in AWS is read from the reference, and was not tried in an account',
    },
    {
      if: all(given('secrets'), not(is('batch', true))),
      say: 'the README of aws-secretsmanager-get-secrets asks for secretsmanager:ListSecrets always; it is called only where a prefix with a star is given',
    },
    { if: all(is('history', true), not(given('parameters'))), say: '`history` has no effect without `parameters`' },
    {
      if: all(is('recursive', true), not(given('parameterPaths'))),
      say: '`recursive` has no effect without `parameterPaths`',
    },
    {
      if: all(
        any(is('batch', true), is('describeSecrets', true), is('versionIds', true), given('versionStages')),
        not(readsSecrets),
      ),
      say: '`batch`, `describeSecrets`, `versionIds` and `versionStages` have no effect without secrets',
    },
  ],
  widenings: [
    'ListSecrets and DescribeParameters have no resource type: who may call them sees the names, tags and dates of all secrets or parameters in the account and region, though no value.',
    'A name says `-??????` for the six characters that AWS puts behind it, so that a secret that is deleted and made again under the same name is read too; the whole ARN names one secret alone.',
    'A secret whose name is another one with a hyphen and six letters or digits behind it is never meant by that other name, and is given by its own.',
  ],
  escalation:
    'Who has these credentials reads every value that is named here, and can do elsewhere whatever those passwords, keys and tokens allow, for as long as they are valid. They change nothing in Parameter Store and Secrets Manager, and use the KMS keys only to decrypt these values through the two services.',
  vendors,
  statements: [
    {
      sid: 'ReadParameters',
      actions: {
        'ssm:GetParameter': when(is('call', 'get-parameter', 'both'), 'read one parameter'),
        'ssm:GetParameters': when(is('call', 'get-parameters', 'both'), 'read up to ten parameters in one call'),
        'ssm:GetParameterHistory': when(is('history', true), 'read the earlier values of a parameter'),
      },
      resources: [arn('parameters')],
      evidence: [reference('ssm'), ssmCommands, retrieval],
    },
    {
      sid: 'ReadPaths',
      actions: { 'ssm:GetParametersByPath': 'read the parameters of a path, page by page' },
      resources: [arn('parameterPaths')],
      conditions: [
        {
          operator: 'StringEqualsIfExists',
          key: 'ssm:Recursive',
          values: ['false'],
          when: not(is('recursive', true)),
          reason: 'only the parameters directly in the path',
        },
      ],
      evidence: [
        reference('ssm'),
        ssmCommands,
        retrieval,
        vendor('Systems Manager user guide, condition keys', `${guide}/parameter-store-policy-conditions.html`),
      ],
    },
    {
      sid: 'ListParameters',
      when: is('listParameters', true),
      actions: { 'ssm:DescribeParameters': 'list the parameters there are' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('ssm'), ssmCommands],
    },
    {
      sid: 'DecryptParameters',
      actions: { 'kms:Decrypt': 'decrypt the values of SecureString parameters' },
      resources: [arn('kmsKeys')],
      conditions: onlyEncryptedFor('ssm', 'PARAMETER_ARN', 'these parameters', [
        arn('parameters'),
        template`${arn('parameterPaths')}/*`,
      ]),
      evidence: [
        reference('kms'),
        vendor(
          'KMS developer guide, Parameter Store',
          'https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html',
        ),
      ],
    },
    {
      sid: 'ReadSecrets',
      actions: { 'secretsmanager:GetSecretValue': 'read the value of a secret, by itself or within a batch' },
      resources: secrets,
      conditions: [
        {
          operator: 'StringEqualsIfExists',
          key: 'secretsmanager:VersionStage',
          values: [when(not(given('versionStages')), 'AWSCURRENT'), text('versionStages')],
          reason: 'only these versions, or the current one where the request names none',
        },
        {
          operator: 'Null',
          key: 'secretsmanager:VersionId',
          values: ['true'],
          when: not(is('versionIds', true)),
          reason: 'an id would reach any version, whatever its stage',
        },
      ],
      evidence: [reference('secretsmanager'), secretCommands, action('getSecretValue')],
    },
    {
      sid: 'DescribeSecrets',
      when: is('describeSecrets', true),
      actions: { 'secretsmanager:DescribeSecret': 'look at the stages, tags and rotation of a secret' },
      resources: secrets,
      evidence: [reference('secretsmanager'), secretCommands],
    },
    {
      sid: 'FindSecrets',
      when: any(given('secretPrefixes'), is('listSecrets', true)),
      actions: { 'secretsmanager:ListSecrets': 'find the secrets whose names begin with a prefix, or list all' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('secretsmanager'), action('getSecretsWithPrefix')],
    },
    {
      sid: 'ReadBatches',
      when: all(is('batch', true), readsSecrets),
      actions: { 'secretsmanager:BatchGetSecretValue': 'ask for several secrets in one call' },
      resources: unscoped('the action has no resource type; each secret of the batch is asked for by itself'),
      evidence: [reference('secretsmanager'), batches],
    },
    {
      sid: 'DecryptSecrets',
      actions: { 'kms:Decrypt': 'decrypt the values of secrets' },
      resources: [arn('kmsKeys')],
      conditions: onlyEncryptedFor('secretsmanager', 'SecretARN', 'these secrets', secrets),
      evidence: [
        reference('kms'),
        vendor(
          'Secrets Manager user guide, encryption',
          'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html',
        ),
      ],
    },
  ],
});
