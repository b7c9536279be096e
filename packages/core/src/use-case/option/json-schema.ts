import { isResourceForm } from './form.js';
import type { FormOption } from './form-option.js';

/** A schema in JSON Schema 2020-12, as far as options need it. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly type?: 'array' | 'boolean' | 'null' | 'object' | 'string' | readonly ('boolean' | 'null' | 'string')[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly uniqueItems?: boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

/** What one text or resource may be: everything that `build` takes, whatever the scope, and some more. */
export function itemSchema({ form, scoped }: FormOption): JsonSchema {
  const text: JsonSchema = { type: 'string', maxLength: form.longest };
  const wild = scoped && form.wildcardPattern !== undefined;
  const named: JsonSchema = wild
    ? {
        anyOf: [
          { ...text, pattern: form.pattern },
          { ...text, pattern: form.wildcardPattern },
        ],
      }
    : { ...text, minLength: form.shortest, pattern: form.pattern };
  // What stands in a URL is the business of the form, and of the option that holds the bucket.
  const { url } = form;
  const urls: JsonSchema[] =
    url === undefined ? [] : [{ type: 'string', pattern: url.pattern.slice(0, url.pattern.indexOf('://') + 3) }];
  if (!isResourceForm(form)) return urls.length === 0 ? named : { anyOf: [named, ...urls] };
  const arn: JsonSchema = { type: 'string', pattern: `^arn:[^:]+:${form.arn.service}:` };
  const reference: JsonSchema = {
    type: 'object',
    properties: { arn, name: { type: 'string' }, place: { type: 'object' } },
    additionalProperties: false,
    minProperties: 1,
  };
  return { anyOf: [named, arn, ...urls, reference] };
}
