import { didYouMean, parse, quote, type DocumentType } from '@postern/core';

/** What a value of a world file may be. */
export type Field =
  | { readonly kind: 'text'; readonly pattern?: RegExp; readonly says: string; readonly required?: true }
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly most: number }
  | { readonly kind: 'texts'; readonly says: string }
  | { readonly kind: 'map'; readonly says: string }
  | { readonly kind: 'value'; readonly says: string }
  | { readonly kind: 'document' | 'documents'; readonly type: DocumentType; readonly required?: true }
  | { readonly kind: 'list'; readonly fields: SectionFields };

export type SectionFields = Readonly<Record<string, Field>>;

/** An account id. */
export const accountField: Field = { kind: 'text', pattern: /^[0-9]{12}$/, says: 'an account id of 12 digits' };

/** A KMS key by which something is encrypted. */
export const kmsKeyField: Field = {
  kind: 'text',
  says: 'the id or ARN of a KMS key, or an alias',
  pattern:
    /^(?:arn:[^:\s]+:kms:[^:\s]+:[0-9]{12}:(?:key|alias)\/\S+|alias\/\S+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})$/,
};

/** A name of letters, digits, `_` and `-`. */
export const nameField = (says: string, required?: true): Field => ({
  kind: 'text',
  pattern: /^[A-Za-z0-9_-]{1,255}$/,
  says,
  ...(required === undefined ? {} : { required }),
});

/** Finds everything that is wrong with a value of a world file. */
export function problemsOf(value: unknown, fields: SectionFields, path = ''): string[] {
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
    case 'document':
      return isMap(value) || typeof value === 'string'
        ? problemsOfDocument(value, field.type, path)
        : wrong('a policy document, or its JSON in a text');
    case 'documents':
      return Array.isArray(value)
        ? value.flatMap((one, index) => problemsOfField(one, { ...field, kind: 'document' }, join(path, index)))
        : wrong('a list of policy documents');
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((one, index) => problemsOf(one, field.fields, join(path, index)))
        : wrong('a list');
  }
}

/** What keeps a document from being understood, as what it has to be. */
function problemsOfDocument(
  value: string | Readonly<Record<string, unknown>>,
  type: DocumentType,
  path: string,
): string[] {
  return parse(value, { type })
    .problems.filter(({ severity }) => severity === 'unreadable')
    .map(({ path: where, message }) => `${where === '' ? path : `${path}.${where}`}: ${message}`);
}
