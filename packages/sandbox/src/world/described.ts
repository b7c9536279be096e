import { didYouMean, quote } from '@postern/core';

/** What a value of a world file may be. */
export type Field =
  | { readonly kind: 'text'; readonly pattern?: RegExp; readonly says: string; readonly required?: true }
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly most: number }
  | { readonly kind: 'texts'; readonly says: string }
  | { readonly kind: 'map'; readonly says: string }
  | { readonly kind: 'value'; readonly says: string }
  | { readonly kind: 'list'; readonly fields: Fields };

export type Fields = Readonly<Record<string, Field>>;

const account = /^[0-9]{12}$/;
const name = /^[A-Za-z0-9_-]{1,255}$/;
const kmsKey: Field = {
  kind: 'text',
  says: 'the id or ARN of a KMS key, or an alias',
  pattern:
    /^(?:arn:[^:\s]+:kms:[^:\s]+:[0-9]{12}:(?:key|alias)\/\S+|alias\/\S+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})$/,
};
const plain = (says: string, required?: true): Field => ({
  kind: 'text',
  pattern: name,
  says,
  ...(required === undefined ? {} : { required }),
});
const family = plain('a task definition family, without a revision');

/** Everything that a world file may say exists, by section. */
export const worldFields: Readonly<Record<string, Field>> = {
  kmsAliases: { kind: 'map', says: 'aliases with the key of each, such as `alias/state: 1234abcd-...`' },
  parameters: {
    kind: 'map',
    says: 'parameters of Systems Manager with the value of each, such as `/app/version: "1.2"`',
  },
  buckets: {
    kind: 'list',
    fields: {
      name: { kind: 'text', pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, says: 'a bucket name', required: true },
      account: { kind: 'text', pattern: account, says: 'an account id of 12 digits' },
      kmsKey,
      bucketKey: { kind: 'flag' },
      versioning: { kind: 'flag' },
      objects: { kind: 'map', says: 'keys with the text of each object' },
    },
  },
  tables: {
    kind: 'list',
    fields: {
      name: { kind: 'text', pattern: /^[A-Za-z0-9_.-]{3,255}$/, says: 'a table name', required: true },
      partitionKey: { kind: 'text', says: 'the attribute that is the partition key' },
      kmsKey,
    },
  },
  repositories: {
    kind: 'list',
    fields: {
      name: { kind: 'text', pattern: /^[a-z0-9][a-z0-9._/-]{1,255}$/, says: 'a repository name', required: true },
      account: { kind: 'text', pattern: account, says: 'an account id of 12 digits' },
      immutableTags: { kind: 'flag' },
      images: { kind: 'texts', says: 'the tags of images, such as `[latest, "1.2"]`' },
    },
  },
  taskDefinitions: {
    kind: 'list',
    fields: {
      family: { ...family, required: true } as Field,
      taskRoleArn: { kind: 'text', says: 'the name or ARN of the task role' },
      executionRoleArn: { kind: 'text', says: 'the name or ARN of the execution role' },
      networkMode: { kind: 'text', says: 'a network mode' },
      cpu: { kind: 'text', says: 'a text, such as `"256"`' },
      memory: { kind: 'text', says: 'a text, such as `"512"`' },
      requiresCompatibilities: { kind: 'texts', says: 'launch types' },
      containerDefinitions: { kind: 'value', says: 'a list, as the API of ECS takes it' },
    },
  },
  services: {
    kind: 'list',
    fields: {
      name: plain('a service name', true),
      cluster: plain('a cluster name'),
      controller: { kind: 'text', pattern: /^(?:ECS|CODE_DEPLOY)$/, says: '`ECS` or `CODE_DEPLOY`' },
      taskDefinition: family,
      desiredCount: { kind: 'number', most: 1000 },
    },
  },
  deploymentGroups: {
    kind: 'list',
    fields: {
      application: { kind: 'text', says: 'a CodeDeploy application', required: true },
      name: { kind: 'text', says: 'a deployment group of that application', required: true },
      cluster: plain('the cluster of the service'),
      service: plain('the service that the group deploys', true),
      config: { kind: 'text', says: 'a deployment configuration' },
    },
  },
};

/** Finds everything that is wrong with a value of a world file. */
export function problemsOf(value: unknown, fields: Fields, path = ''): string[] {
  if (!isMap(value)) return [`${path === '' ? 'the world' : path}: ${quote(value)} is no map: write names with values`];
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(fields, key));
  const missing = Object.entries(fields).filter(([key, field]) => 'required' in field && value[key] === undefined);
  return [
    ...unknown.map(
      (key) =>
        `${join(path, key)}: ${quote(key)} is not known${didYouMean(key, Object.keys(fields)) || `: write one of ${Object.keys(fields).join(', ')}`}`,
    ),
    ...missing.map(([key]) => `${join(path, key)}: missing`),
    ...Object.entries(fields).flatMap(([key, field]) =>
      Object.hasOwn(value, key) ? problemsOfField(value[key], field, join(path, key)) : [],
    ),
  ];
}

const join = (path: string, key: string | number) =>
  typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemsOfField(value: unknown, field: Field, path: string): string[] {
  const wrong = (says: string) => [`${path}: ${quote(value)} is not right here: write ${says}`];
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' && value !== '' && (field.pattern?.test(value) ?? true) ? [] : wrong(field.says);
    case 'flag':
      return typeof value === 'boolean' ? [] : wrong('true or false');
    case 'number':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= field.most
        ? []
        : wrong(`a whole number up to ${field.most}`);
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '')
        ? []
        : wrong(field.says);
    case 'map':
      return isMap(value) && Object.values(value).every((one) => typeof one === 'string') ? [] : wrong(field.says);
    case 'value':
      return Array.isArray(value) ? [] : wrong(field.says);
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((one, index) => problemsOf(one, field.fields, join(path, index)))
        : wrong('a list');
  }
}
