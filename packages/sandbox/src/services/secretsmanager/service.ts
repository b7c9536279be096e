import {
  ServiceError,
  type Call,
  type Check,
  type Operation,
  type OperationOutput,
  type Rule,
} from '../../server/call.js';
import { defineService } from '../define.js';
import { aliasContext, managed } from '../kms/key-names.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };
import { findSecret, requireSecret, secretArn } from './secrets.js';
import type { Secret } from './state.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html';
const encryption = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html';
const batch = 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html';

const idOf = (call: Call) => String(call.input['SecretId'] ?? '');

/** The keys that a request fills; a stage is one only where the request names it. */
function contextOf({ input }: Call): NonNullable<Check['context']> {
  const keys = { SecretId: 'SecretId', VersionId: 'VersionId', VersionStage: 'VersionStage' };
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) =>
      typeof input[name] === 'string' ? [[`secretsmanager:${key}`, input[name]]] : [],
    ),
  );
}

/** Secrets Manager decrypts with the permissions of who asks; the account's own key lets everybody in the account. */
function decryptChecks(call: Call, secret: Secret | undefined): Check[] {
  const key = secret?.kmsKey;
  if (secret === undefined || key === undefined || managed.test(key)) return [];
  return [
    {
      action: 'kms:Decrypt',
      resource: key,
      context: {
        'kms:ViaService': `secretsmanager.${call.region}.${call.world.dnsSuffix}`,
        'kms:CallerAccount': call.principal.account,
        'kms:EncryptionContext:SecretARN': secret.arn,
        ...aliasContext(call, key),
      },
    },
  ];
}

const valueChecks = (call: Call, named: string): Check[] => [
  { action: 'secretsmanager:GetSecretValue', resource: secretArn(call, named), context: contextOf(call) },
  ...decryptChecks(call, findSecret(call, named)),
];

const rules: Readonly<Record<string, Rule>> = {
  GetSecretValue: {
    source: `${reference}; keys: ${encryption}`,
    checks: (call) => valueChecks(call, idOf(call)),
  },
  DescribeSecret: {
    source: reference,
    checks: (call) => [
      { action: 'secretsmanager:DescribeSecret', resource: secretArn(call, idOf(call)), context: contextOf(call) },
    ],
  },
  ListSecrets: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
  },
  BatchGetSecretValue: {
    // Each secret is asked for by itself, and its refusal is an entry of the answer: see the operation.
    source: `${batch}, "Required permissions"`,
    checks: (call) => [
      { action: 'secretsmanager:BatchGetSecretValue', resource: '*' },
      ...(isFiltered(call) ? [{ action: 'secretsmanager:ListSecrets', resource: '*' }] : []),
    ],
  },
};

interface SecretFilter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

const filtersOf = (call: Call) => (call.input['Filters'] ?? []) as readonly SecretFilter[];
const isFiltered = (call: Call) => filtersOf(call).length > 0;

/** Secrets whose name begins as a filter says; other filters are not known. */
function filtered(call: Call): Secret[] {
  const other = filtersOf(call).find(({ Key }) => Key !== 'name');
  if (other !== undefined)
    throw new ServiceError('NotImplemented', `the sandbox does not know the filter \`${String(other.Key)}\``, 501);
  const fits = (name: string, { Values = [] }: SecretFilter) =>
    Values.some((value) => (value.startsWith('!') ? !name.startsWith(value.slice(1)) : name.startsWith(value)));
  return [...call.world.secrets.values()].filter(({ name }) => filtersOf(call).every((filter) => fits(name, filter)));
}

const about = ({ name, arn }: Secret) => ({ ARN: arn, Name: name });
const versionIdOf = (stage: string) =>
  `00000000-0000-0000-0000-${Buffer.from(stage).toString('hex').slice(0, 12).padEnd(12, '0')}`;

function valueOf(call: Call, secret: Secret): OperationOutput {
  const { VersionStage, VersionId } = call.input;
  const stages = [...secret.stages.keys()];
  const stage =
    VersionId === undefined
      ? String(VersionStage ?? 'AWSCURRENT')
      : stages.find((one) => versionIdOf(one) === VersionId);
  const value = secret.stages.get(stage ?? '');
  if (stage === undefined || value === undefined)
    throw new ServiceError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for staging label: ${stage ?? String(VersionId)}`,
    );
  return {
    ...about(secret),
    SecretString: value,
    VersionId: versionIdOf(stage),
    VersionStages: [stage],
    CreatedDate: new Date(0),
  };
}

const operations: Readonly<Record<string, Operation>> = {
  GetSecretValue: (call) => valueOf(call, requireSecret(call, idOf(call))),
  DescribeSecret: (call) => {
    const secret = requireSecret(call, idOf(call));
    return {
      ...about(secret),
      ...(secret.kmsKey === undefined ? {} : { KmsKeyId: secret.kmsKey }),
      VersionIdsToStages: Object.fromEntries([...secret.stages.keys()].map((stage) => [versionIdOf(stage), [stage]])),
    };
  },
  ListSecrets: (call) => ({ SecretList: filtered(call).map(about) }),
  BatchGetSecretValue: (call) => {
    const named = (call.input['SecretIdList'] ?? []) as readonly string[];
    const asked = isFiltered(call) ? filtered(call).map(({ name }) => name) : named.map(String);
    const values: OperationOutput[] = [];
    const errors: OperationOutput[] = [];
    for (const id of asked) {
      const one: Call = { ...call, input: { SecretId: id } };
      const refused = valueChecks(one, id).filter((check) => !call.allows(check))[0];
      const secret = findSecret(call, id);
      if (refused !== undefined)
        errors.push({ SecretId: id, ErrorCode: 'AccessDeniedException', Message: refusalOf(call, refused) });
      else if (secret === undefined)
        errors.push({
          SecretId: id,
          ErrorCode: 'ResourceNotFoundException',
          Message: "Secrets Manager can't find the specified secret.",
        });
      else values.push(valueOf(one, secret));
    }
    return { SecretValues: values, Errors: errors };
  },
};

const refusalOf = (call: Call, { action, resource }: Check) =>
  `User: ${call.principal.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

/** Secrets: only where the world names some, since no other value could be right. */
export const secretsmanager = defineService({
  name: 'secretsmanager',
  model,
  rules,
  operations,
  described,
  takes: (_http, world) => world.secrets.size > 0,
});
