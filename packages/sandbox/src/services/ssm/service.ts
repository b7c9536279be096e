import { ServiceError, type Call, type Check, type Operation, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import { aliasContext, keyArn, managed } from '../kms/key-names.js';
import { tagContext } from '../request-tags.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html';
const encryption = 'https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html';
const tagging = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html';

/** `/app/version` is `parameter/app/version`, and `version` is `parameter/version`. */
function arn(call: Call, named: string): string {
  if (named.startsWith('arn:')) return named;
  const plain = named.replace(/:.*$/, '').replace(/^\//, '');
  return arnOf(call.world, 'ssm', call.region, call.principal.account, `parameter/${plain}`);
}

const nameOf = (call: Call) => String(call.input['Name'] ?? '');
const pathOf = (call: Call) => String(call.input['Path'] ?? '').replace(/(?<=.)\/$/, '');
const namesOf = (call: Call) => (Array.isArray(call.input['Names']) ? call.input['Names'].map(String) : []);

const on = (name: string, resources: (call: Call) => readonly string[], key?: string): Rule => ({
  source: `${reference}; encrypted values: ${encryption}`,
  checks: (call) => [
    ...resources(call).map((resource) => ({
      action: `ssm:${name}`,
      resource,
      ...(key === undefined || call.input[key] === undefined
        ? {}
        : { context: { [`ssm:${key}`]: String(call.input[key]) } }),
    })),
    ...(call.input['WithDecryption'] === true ? resources(call).flatMap((one) => decryptChecks(call, one)) : []),
  ],
});

/** What is asked of KMS for the value of a parameter, with its ARN as encryption context. */
function keyCheck(call: Call, action: string, key: string, parameter: string): Check[] {
  if (managed.test(key)) return [];
  return [
    {
      action,
      resource: key,
      context: {
        'kms:ViaService': `ssm.${call.region}.${call.world.dnsSuffix}`,
        'kms:CallerAccount': call.principal.account,
        'kms:EncryptionContext:PARAMETER_ARN': parameter,
        'kms:EncryptionContextKeys': ['PARAMETER_ARN'],
        ...aliasContext(call, key),
      },
    },
  ];
}

/** The parameters that a check is about are decrypted with the caller's permissions. */
function decryptChecks(call: Call, asked: string): Check[] {
  return [...call.world.parameterKeys].flatMap(([name, key]) => {
    const parameter = arn(call, name);
    const within =
      parameter === asked || (call.operation === 'GetParametersByPath' && parameter.startsWith(`${asked}/`));
    return within ? keyCheck(call, 'kms:Decrypt', key, parameter) : [];
  });
}

function writeChecks(call: Call): Check[] {
  const { Type, KeyId, Overwrite, Tags } = call.input;
  const resource = arn(call, nameOf(call));
  const tags = tagContext(Tags);
  const overwrites = Overwrite === undefined ? {} : { 'ssm:Overwrite': String(Overwrite) };
  return [
    { action: 'ssm:PutParameter', resource, context: { ...tags, ...overwrites } },
    ...('aws:TagKeys' in tags ? [{ action: 'ssm:AddTagsToResource', resource, context: tags }] : []),
    ...(Type === 'SecureString' && typeof KeyId === 'string'
      ? keyCheck(call, 'kms:Encrypt', keyArn(call, KeyId), resource)
      : []),
  ];
}

const rules: Readonly<Record<string, Rule>> = {
  GetParameter: on('GetParameter', (call) => [arn(call, nameOf(call))]),
  GetParameters: on('GetParameters', (call) => namesOf(call).map((one) => arn(call, one))),
  GetParameterHistory: on('GetParameterHistory', (call) => [arn(call, nameOf(call))]),
  GetParametersByPath: on('GetParametersByPath', (call) => [arn(call, pathOf(call))], 'Recursive'),
  DescribeParameters: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
  },
  PutParameter: {
    source: `${reference}; encrypted values: ${encryption}; tags: ${tagging}`,
    checks: writeChecks,
  },
};

function describe(call: Call, named: string): object | undefined {
  const name = named.startsWith('arn:') ? named.replace(/^.*?:parameter(?=\/)/, '') : named.replace(/:.*$/, '');
  const found = [name, name.replace(/^\//, '')].find((one) => call.world.parameters.has(one));
  if (found === undefined) return undefined;
  const encrypted = call.world.parameterKeys.has(found);
  const value = call.world.parameters.get(found);
  return {
    Name: found,
    Type: encrypted ? 'SecureString' : 'String',
    // Without decryption, what is given is of no use.
    Value:
      encrypted && call.input['WithDecryption'] !== true ? Buffer.from(`sealed ${found}`).toString('base64') : value,
    Version: 1,
    ARN: arn(call, found),
    DataType: 'text',
  };
}

const operations: Readonly<Record<string, Operation>> = {
  GetParameter: (call) => {
    const parameter = describe(call, nameOf(call));
    if (parameter === undefined)
      throw new ServiceError('ParameterNotFound', `the world names no parameter \`${nameOf(call)}\``);
    return { Parameter: parameter };
  },
  GetParameters: (call) => ({
    Parameters: namesOf(call).flatMap((one) => describe(call, one) ?? []),
    InvalidParameters: namesOf(call).filter((one) => describe(call, one) === undefined),
  }),
  GetParametersByPath: (call) => {
    const path = pathOf(call).replace(/\/?$/, '/');
    const within = [...call.world.parameters.keys()].filter(
      (name) => name.startsWith(path) && (call.input['Recursive'] === true || !name.slice(path.length).includes('/')),
    );
    return { Parameters: within.map((name) => describe(call, name)) };
  },
  GetParameterHistory: (call) => {
    const parameter = describe(call, nameOf(call));
    if (parameter === undefined)
      throw new ServiceError('ParameterNotFound', `the world names no parameter \`${nameOf(call)}\``);
    return { Parameters: [parameter] };
  },
  DescribeParameters: (call) => ({
    Parameters: [...call.world.parameters.keys()].map((name) => {
      const key = call.world.parameterKeys.get(name);
      return {
        Name: name,
        Type: key === undefined ? 'String' : 'SecureString',
        Version: 1,
        ARN: arn(call, name),
        ...(key === undefined ? {} : { KeyId: key }),
      };
    }),
  }),
  PutParameter: (call) => {
    if (call.world.parameters.has(nameOf(call)) && call.input['Overwrite'] !== true)
      throw new ServiceError('ParameterAlreadyExists', 'The parameter already exists.');
    call.world.parameters.set(nameOf(call), String(call.input['Value'] ?? ''));
    const { Type, KeyId = 'alias/aws/ssm' } = call.input;
    if (Type === 'SecureString') call.world.parameterKeys.set(nameOf(call), keyArn(call, String(KeyId)));
    return { Version: 1, Tier: 'Standard' };
  },
};

/** Parameters of Systems Manager: only where the world names some, since no other value could be right. */
export const ssm = defineService({
  name: 'ssm',
  model,
  rules,
  operations,
  described,
  // Filters would leave out what is answered.
  notServed: /\.(?:ParameterFilters|Filters)$/,
  takes: (_http, world) => world.parameters.size > 0,
});
