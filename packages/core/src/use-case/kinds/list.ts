import { quote } from '../../document/problem.js';
import { endingOf, isResourceForm } from '../option/form.js';
import { withForm, type AnyForm, type TypeFlags, type FormOption, type FormSettings } from '../option/form-option.js';
import { spellOption } from '../host.js';
import { readItem } from '../reading/item.js';
import { placeholder, report, reportMissing, type Item, type Reading } from '../reading/reading.js';
import { itemSchema, type JsonSchema } from '../option/json-schema.js';
import type { OptionKind, ValueShape } from '../option/kind.js';

/** Several texts or resources, at least one where given. */
export interface ListOption<Form extends AnyForm = AnyForm> extends FormOption<Form> {
  readonly kind: 'list';
}

export interface ListValue extends ValueShape {
  readonly value: readonly this['item'][];
}

/** A list of texts or resources. */
export function list<Form extends AnyForm, const Settings extends FormSettings = FormSettings>(
  form: Form,
  help: string,
  settings?: Settings,
): ListOption<Form> & TypeFlags<Settings> {
  return { kind: 'list', ...withForm(form, help, settings) };
}

export const listKind: OptionKind<ListOption> = {
  several: true,
  isRequired: (option) => option.required,
  defaultOf: () => undefined,
  settings: () => [],
  example: (option) => [option.form.example],
  ofItems: (items) => (items.length === 0 ? undefined : items),
  read(option, name, given, reading) {
    const { form, required, scoped } = option;
    const value = given ?? undefined;
    const spell = (text: string) => spellOption(reading.host, name, text);
    if (scoped && reading.scope === 'account') {
      const wide = spellOption(reading.host, 'scope', 'account');
      if (value !== undefined) report(reading, name, `the list and ${wide} exclude each other: leave one out`);
      return [{ name: '*', arn: undefined }];
    }
    if (value === undefined) {
      if (!required) return undefined;
      reportMissing(reading, name, form.example);
      return [placeholder(reading, form.example)];
    }
    if (!Array.isArray(value)) {
      report(reading, name, `${quote(value)} is no list: write ${spell(`[${form.example}]`)}`);
      return undefined;
    }
    if (value.length === 0) {
      report(reading, name, `the list is empty: name at least one, for example ${spell(form.example)}`);
      return undefined;
    }
    const items = value.map((item: unknown, index) =>
      readItem(reading, { path: `${name}[${index}]`, name, option, several: true }, item),
    );
    if (items.length > 1) reportDuplicates(reading, name, option, items, value);
    return items;
  },
  summary({ form, required }) {
    return `${form.title}, one or more${required ? ', required' : ''}`;
  },
  row: ({ form, required }) => ({ takes: `list: ${form.title}`, otherwise: required ? 'required' : 'none' }),
  flags: ({ form, help, required }, flag) => [
    { spelled: `--${flag} <${form.title}...>`, help: `${help}${required ? ' (required)' : ''}` },
  ],
  written: (flag, value) => [`--${flag}`, ...[value].flat().map(String)],
  schema(option) {
    const items: JsonSchema = { type: 'array', items: itemSchema(option), minItems: 1, uniqueItems: true };
    return option.required && !option.scoped ? items : { anyOf: [items, { type: 'null' }] };
  },
  hcl: {
    type: 'list(string)',
    defaultOf: (option) => (option.required ? undefined : 'null'),
    // One that scope `account` replaces has no default: who means that scope writes null.
    takesNull: (option) => option.required && option.scoped,
    help({ form, help, required, scoped, within }) {
      if (!required || !scoped) return help;
      const isInUrl = within !== undefined && form.url !== undefined;
      return `${help} Null with scope account${isInUrl ? ', or where the URL of the bucket says it' : ' only'}.`;
    },
    checks(option, name, hcl) {
      const value = `var.${name}`;
      const unless = option.required && !option.scoped ? '' : `${value} == null ? true : `;
      const read = hcl.read(option, 'item');
      const items = read === 'item' ? value : `[for item in ${value} : ${read}]`;
      const all = (check: string) => `${unless}alltrue([for item in ${items} : ${check}])`;
      return [
        [`${unless}length(${value}) > 0`, `${name} is empty: name at least one, or leave it out.`],
        [`${unless}length(distinct(${items})) == length(${value})`, `${name} names one twice: keep one.`],
        [all(hcl.fits(option, 'item')), hcl.misfit(option, name)],
        ...hcl.refusals(option, 'item').map(([check, say]) => [all(check), `one of ${name} ${say}.`] as const),
      ];
    },
    items: ({ scoped }, given) =>
      scoped
        ? `concat([for x in ["*"] : x if var.scope == "account"], [for x in ${given} : x if var.scope != "account"])`
        : given,
    documentChecks({ scoped, required, form }, name, given) {
      if (!scoped) return [];
      const missing = `${name} is missing: name at least one, for example ${form.example}.`;
      // What AWS makes up behind a name in every ARN is no wildcard of the user's.
      const ending = isResourceForm(form) ? endingOf(form) : '';
      const own = /[*?]/.test(ending) ? `trimsuffix(x, "${ending}")` : 'x';
      return [
        ...(required ? [[`var.scope == "account" || length(${given}) > 0`, missing] as const] : []),
        [
          `var.scope != "account" || length(${given}) == 0`,
          `${name} and scope account exclude each other: leave one out.`,
        ],
        [
          `var.scope != "exact" || alltrue([for x in ${given} : length(regexall("[*?]", ${own})) == 0])`,
          `${name} holds a wildcard, and scope is exact: set scope to pattern if one is meant.`,
        ],
      ];
    },
  },
  arbitrary: (_, pool, draw) => draw.some(pool),
};

function reportDuplicates(
  reading: Reading,
  name: string,
  { elsewhere }: ListOption,
  items: readonly Item[],
  given: readonly unknown[],
): void {
  const seen = new Map<string, number>();
  const shown = (index: number) => {
    const item = items[index];
    return typeof given[index] === 'string' ? given[index] : (item?.name ?? item?.arn);
  };
  items.forEach((item, index) => {
    if (reading.placeholders.has(item)) return;
    const { arn, name: plain } = item;
    // The same name elsewhere is another resource.
    const byName = elsewhere && arn !== undefined ? undefined : plain;
    const named = byName === undefined ? undefined : seen.get(byName);
    const other = named === undefined ? undefined : items[named]?.arn;
    const mayBeSame = arn === undefined || other === undefined || arn === other;
    const earlier = (arn === undefined ? undefined : seen.get(arn)) ?? (mayBeSame ? named : undefined);
    for (const key of [arn, byName]) if (key !== undefined && !seen.has(key)) seen.set(key, index);
    const path = `${name}[${index}]`;
    // What stands elsewhere is told already, and is not the same.
    if (earlier === undefined || reading.problems.some((problem) => problem.path === path)) return;
    const first = spellOption(reading.host, `${name}[${earlier}]`);
    const says = shown(index) === shown(earlier) ? 'already stands' : `is the same as ${quote(shown(earlier))}`;
    report(reading, path, `${quote(shown(index))} ${says} at ${first}: keep one`);
  });
}
