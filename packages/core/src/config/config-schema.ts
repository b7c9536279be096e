import { useCases } from '../catalog/index.js';
import { trustEntries } from '../catalog/trust-index.js';
import type { JsonSchema } from '../use-case/option/json-schema.js';
import { optionsSchema } from '../use-case/option/options-schema.js';
import { partitionOfRegion, partitions } from '../use-case/place.js';
import type { AnyEntry } from '../use-case/trust.js';
import { configVersion } from './config.js';
import { references } from './references.js';

type SchemaPart = Readonly<Record<string, unknown>>;

/** A text that refers to something is whatever that is: what it becomes is checked when the file is read. */
const reference = {
  type: 'string',
  pattern: `\\$\\{(${references.join('|')})\\}`,
};

/**
 * The JSON Schema of `postern.yaml`, made of the catalog, for editors: every entry with its options and what they are. What
 * only the whole file can tell is found when it is read.
 * @see https://json-schema.org/draft/2020-12
 */
export function configSchema(): SchemaPart {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'postern.yaml',
    description: 'The roles of the CI of a repository: who may assume each, what it may do, where it ends.',
    type: 'object',
    required: ['version', 'roles'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      version: { const: configVersion, description: 'The version of the file.' },
      ...placeProperties,
      environments: {
        ...environmentsSchema,
        description: 'Where the roles are made: each role is made in each, unless it names some.',
      },
      roles: {
        type: 'object',
        minProperties: 1,
        description: 'The roles by name.',
        additionalProperties: { $ref: '#/$defs/role' },
      },
    },
    $defs: {
      role: roleSchema,
      half: {
        type: 'object',
        required: ['trust'],
        additionalProperties: false,
        properties: partProperties,
      },
      ...entriesSchemas('trust', trustEntries),
      ...entriesSchemas('permissions', useCases),
    },
  };
}

const placeProperties = {
  account: { type: 'string', pattern: '^[0-9]{12}$', description: 'The account, 12 digits in quotes.' },
  region: { type: 'string', description: 'The region.', examples: [...partitionOfRegion.keys()] },
  partition: { enum: Object.keys(partitions), description: 'The partition; it follows from the region.' },
};

const environmentsSchema = {
  type: 'object',
  additionalProperties: { type: ['object', 'null'], additionalProperties: false, properties: placeProperties },
};

const partProperties = {
  trust: { $ref: '#/$defs/trust', description: 'Who may assume the role: any of these.' },
  permissions: { $ref: '#/$defs/permissions', description: 'What the role may do: all of these together.' },
};

const roleSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    environments: {
      description:
        'In which environments the role is made; all where this is left out, once where it is an empty list.',
      anyOf: [{ type: 'array', items: { type: 'string' } }, environmentsSchema],
    },
    ...partProperties,
    plan: { $ref: '#/$defs/half', description: 'The role that plans, apart from the one that applies.' },
    apply: { $ref: '#/$defs/half', description: 'The role that applies, apart from the one that plans.' },
    boundary: {
      description: 'A permissions boundary: `true` makes one, an ARN takes one that is there.',
      anyOf: [
        { type: 'boolean' },
        { type: 'string' },
        {
          type: 'object',
          additionalProperties: false,
          properties: {
            name: { type: 'string', description: 'The name of the managed policy.' },
            path: { type: 'string', description: 'The path of the managed policy.' },
          },
        },
      ],
    },
    roleName: { type: 'string', description: 'What the role is called in the account; its name here by default.' },
    path: { type: 'string', description: 'The path of the role, such as `/ci/`.' },
    maxSessionDuration: {
      type: 'integer',
      minimum: 3600,
      maximum: 43_200,
      description: 'How long a session may last, in seconds.',
    },
    ...placeProperties,
  },
};

/** Entries by id, in an object or in a list of such, and an id alone. */
function entriesSchemas(part: string, entries: readonly AnyEntry[]): SchemaPart {
  const properties = entries.map((entry) => [entry.id, { $ref: `#/$defs/${part}.${entry.id}` }] as const);
  const item = {
    anyOf: [
      { type: 'object', minProperties: 1, additionalProperties: false, properties: Object.fromEntries(properties) },
      { enum: entries.map(({ id }) => id) },
    ],
  };
  const own = entries.map((entry) => [`${part}.${entry.id}`, entrySchema(entry)] as const);
  return {
    [`${part}Item`]: item,
    [part]: { anyOf: [{ $ref: `#/$defs/${part}Item` }, { type: 'array', items: { $ref: `#/$defs/${part}Item` } }] },
    ...Object.fromEntries(own),
  };
}

/** Account, region and partition come from the file, and `access` from the half of a pair, so that nothing is required but what is asked. */
function entrySchema(entry: AnyEntry): SchemaPart {
  const { properties = {}, required = [] } = optionsSchema(entry);
  return {
    title: entry.title,
    description: entry.summary,
    type: ['object', 'null'],
    required: required.filter((name) => !Object.hasOwn(placeProperties, name)),
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, { description, ...schema }]) => [
        name,
        { description, ...withReferencesIn(schema) },
      ]),
    ),
  };
}

/** A text of an option may hold references, alone or in a list. */
function withReferencesIn(schema: JsonSchema): object {
  const { anyOf, items } = schema;
  if (items !== undefined) return { ...schema, items: { anyOf: [items, reference] } };
  if (anyOf?.some((one) => one.items !== undefined)) return { ...schema, anyOf: anyOf.map(withReferencesIn) };
  return schema.type === 'boolean' || schema.type === 'null' ? schema : { anyOf: [schema, reference] };
}
