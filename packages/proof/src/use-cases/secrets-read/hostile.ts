import type { CellOptions, HostileRequest } from '../../scenario.js';
import {
  addParameter,
  addSecret,
  ending,
  foundOf,
  head,
  keyArn,
  otherKey,
  parametersOf,
  pathsOf,
  prepare,
  secretsOf,
  type StoredSecret,
} from './values.js';

const stranger = '999999999999';
const fence = 'resource';
const withoutKey = (options: CellOptions) => keyArn(options) === undefined;
const all =
  (...actions: readonly string[]) =>
  () => [{ Effect: 'Allow' as const, Action: [...actions], Resource: ['*'] }];

interface OtherSecret {
  readonly which: string;
  readonly id: (own: StoredSecret, options: CellOptions) => string;
  readonly region?: string;
}

const inAnotherAccount = ({ arn }: StoredSecret, { account }: CellOptions) =>
  arn.replace(`:${account}:`, `:${stranger}:`);

const otherParameters: readonly OtherSecret[] = [
  { which: 'another parameter', id: () => '/other/token' },
  { which: 'a parameter whose name only begins alike', id: ({ name }) => `${name}-old` },
  { which: 'a parameter below the name', id: ({ name }) => `${name.startsWith('/') ? '' : '/'}${name}/below` },
  { which: 'the same name in another account', id: inAnotherAccount },
  { which: 'the same name in another region', id: ({ name }) => name, region: 'us-west-2' },
];

function parameterRequests(what: string, operation: string, applies: (options: CellOptions) => boolean) {
  return otherParameters.map(({ which, id, region }): HostileRequest => {
    const named = (options: CellOptions) => id(parametersOf(options)[0]!, options);
    return {
      name: `${what} ${which}`,
      sid: 'ReadParameters',
      fence,
      applies: (options) => withoutKey(options) && parametersOf(options).length > 0 && applies(options),
      prepare: (world, options) => {
        prepare(world, options);
        const name = named(options);
        if (!name.startsWith('arn:')) addParameter(world, name, undefined);
      },
      send: (call, options) => {
        const input = operation === 'GetParameters' ? { Names: [named(options)] } : { Name: named(options) };
        return call('SSM', operation, input, { region: region ?? options.region });
      },
    };
  });
}

const otherSecrets: readonly OtherSecret[] = [
  { which: 'another secret', id: () => 'other' },
  { which: 'a secret whose name only begins alike', id: ({ name }) => `${name.replace(/\/.*/, '')}2` },
  { which: 'a secret with a longer name', id: ({ name }) => `${name.replace(/\/.*/, '')}-prod` },
  { which: 'the same name in another account', id: inAnotherAccount },
];

function secretRequests(sid: string, what: string, operation: string, applies: HostileRequest['applies']) {
  return otherSecrets.map(({ which, id }): HostileRequest => {
    const named = (options: CellOptions) => id([...secretsOf(options), ...foundOf(options)][0]!, options);
    return {
      name: `${what} ${which}`,
      sid,
      fence,
      applies: (options) => withoutKey(options) && applies?.(options) !== false,
      prepare: (world, options) => {
        prepare(world, options);
        const name = named(options);
        const arn = name.startsWith('arn:') ? name : `${head(options, 'secretsmanager')}:secret:${name}${ending}`;
        addSecret(world, { name: `their ${name}`, arn }, undefined);
        if (!name.startsWith('arn:')) addSecret(world, { name, arn }, undefined);
      },
      send: (call, options) => call('SecretsManager', operation, { SecretId: named(options) }),
    };
  });
}

const firstPath = (options: CellOptions) => pathsOf(options)[0]!.name;
const firstSecret = (options: CellOptions) => [...secretsOf(options), ...foundOf(options)][0]!;

function byPath(which: string, path: (options: CellOptions) => string, recursive = false): HostileRequest {
  return {
    name: `read what is in ${which}`,
    sid: 'ReadPaths',
    fence: recursive ? 'StringEqualsIfExists ssm:Recursive' : fence,
    applies: withoutKey,
    prepare: (world, options) => {
      prepare(world, options);
      addParameter(world, `${path(options)}/theirs`, undefined);
    },
    send: (call, options) =>
      call('SSM', 'GetParametersByPath', { Path: path(options), ...(recursive ? { Recursive: true } : {}) }),
  };
}

/** A key used for what is not named, and used past the service. */
function keyRequests(
  sid: string,
  service: 'SSM' | 'SecretsManager',
  contextKey: string,
  own: (options: CellOptions) => StoredSecret | undefined,
): HostileRequest[] {
  const isParameter = service === 'SSM';
  const operation = isParameter ? 'GetParameter' : 'GetSecretValue';
  const action = isParameter ? 'ssm:GetParameter' : 'secretsmanager:GetSecretValue';
  const read = (id: string) => (isParameter ? { Name: id, WithDecryption: true } : { SecretId: id });
  const applies = (options: CellOptions) => own(options) !== undefined;
  return [
    {
      name: `read ${isParameter ? 'a parameter' : 'a secret'} that another key encrypts`,
      sid,
      fence,
      applies,
      prepare: (world, options) => {
        prepare(world, options);
        const key = keyArn(options, otherKey);
        if (isParameter) addParameter(world, own(options)!.name, key);
        else addSecret(world, own(options)!, key);
      },
      besides: all(action),
      send: (call, options) => call(service, operation, read(own(options)!.id)),
    },
    {
      name: `use the key for ${isParameter ? 'another parameter' : 'another secret'}`,
      sid,
      fence: `StringLike kms:EncryptionContext:${contextKey}`,
      applies,
      prepare,
      besides: all(action),
      send: (call) => call(service, operation, read(isParameter ? '/other/token' : 'other')),
    },
    {
      name: `use the key itself, not through ${isParameter ? 'Systems Manager' : 'Secrets Manager'}`,
      sid,
      fence: 'StringEquals kms:ViaService',
      applies,
      prepare,
      send: (call, options) =>
        call('KMS', 'Decrypt', {
          KeyId: keyArn(options),
          CiphertextBlob: Buffer.from(`${keyArn(options)}\n${Buffer.from('stolen').toString('base64')}`),
          EncryptionContext: { [contextKey]: own(options)!.arn },
        }),
    },
  ];
}

export const hostile: readonly HostileRequest[] = [
  ...parameterRequests('read', 'GetParameter', (options) => options.is('call', 'get-parameter', 'both')),
  ...parameterRequests('read together', 'GetParameters', (options) => options.is('call', 'get-parameters', 'both')),
  ...parameterRequests('read the history of', 'GetParameterHistory', (options) => options.is('history', true)),
  byPath('a sibling of the path', (options) => `${firstPath(options)}-old`),
  byPath('the path above', () => '/app'),
  byPath('a path below', (options) => `${firstPath(options)}/database`),
  byPath('the levels below', firstPath, true),
  ...secretRequests('ReadSecrets', 'read', 'GetSecretValue', undefined),
  ...secretRequests('DescribeSecrets', 'describe', 'DescribeSecret', undefined),
  {
    name: 'read the value before the current one',
    sid: 'ReadSecrets',
    fence: 'StringEqualsIfExists secretsmanager:VersionStage',
    applies: (options) => withoutKey(options) && options.names('versionStages').length === 0,
    prepare,
    send: (call, options) =>
      call('SecretsManager', 'GetSecretValue', { SecretId: firstSecret(options).id, VersionStage: 'AWSPREVIOUS' }),
  },
  {
    name: 'read a version by its id',
    sid: 'ReadSecrets',
    fence: 'Null secretsmanager:VersionId',
    applies: withoutKey,
    prepare,
    send: (call, options) =>
      call('SecretsManager', 'GetSecretValue', {
        SecretId: firstSecret(options).id,
        VersionId: `00000000-0000-0000-0000-${Buffer.from('AWSPREVIOUS').toString('hex').slice(0, 12)}`,
      }),
  },
  ...keyRequests('DecryptParameters', 'SSM', 'PARAMETER_ARN', (options) => {
    const [path] = pathsOf(options);
    const [own] = parametersOf(options);
    if (own !== undefined || path === undefined) return own;
    return { ...path, id: `${path.name}/token`, name: `${path.name}/token`, arn: `${path.arn}/token` };
  }),
  ...keyRequests('DecryptSecrets', 'SecretsManager', 'SecretARN', (options) => firstSecret(options)),
];
