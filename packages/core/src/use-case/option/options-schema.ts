import type { Entry } from '../use-case.js';
import { hasForm } from './form-option.js';
import type { JsonSchema } from './json-schema.js';
import { kindOf } from './kind-of.js';

/**
 * The JSON Schema of an entry's options, for editors and for forms. It takes everything that `build` takes; what only the
 * whole set can tell, such as which options exclude each other and what the scope allows, is left to `build`.
 * @see https://json-schema.org/draft/2020-12
 */
export function optionsSchema({ title, options }: Entry): JsonSchema {
  const entries = Object.entries(options);
  const properties = entries.map(([name, option]) => {
    const schema = { description: option.help, ...kindOf(option).schema(option) };
    return [name, hasForm(option) ? { ...schema, examples: [kindOf(option).example(option)] } : schema] as const;
  });
  const mayBeWide = (name: string) => hasForm(options[name]) && options[name].scoped;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    type: 'object',
    properties: Object.fromEntries(properties),
    required: entries.flatMap(([name, option]) =>
      kindOf(option).isRequired(option) && !mayBeWide(name) ? [name] : [],
    ),
    additionalProperties: false,
  };
}
