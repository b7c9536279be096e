import { withForm, type AnyForm, type TypeFlags, type FormOption, type FormSettings } from '../option/form-option.js';
import { readItem } from '../reading/item.js';
import { placeholder, reportMissing } from '../reading/reading.js';
import { itemSchema } from '../option/json-schema.js';
import type { OptionKind, ValueShape } from '../option/kind.js';

/** One text, or one resource. */
export interface SingleOption<Form extends AnyForm = AnyForm> extends FormOption<Form> {
  readonly kind: 'single';
  readonly default?: string | undefined;
}

export interface SingleValue extends ValueShape {
  readonly value: this['item'];
}

/** One text or resource. */
export function single<
  Form extends AnyForm,
  const Settings extends FormSettings & { readonly default?: string } = FormSettings,
>(form: Form, help: string, settings?: Settings): SingleOption<Form> & TypeFlags<Settings> {
  const otherwise = settings?.default;
  return {
    kind: 'single',
    ...withForm(form, help, settings),
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

export const singleKind: OptionKind<SingleOption> = {
  several: false,
  isRequired: (option) => option.required,
  defaultOf: (option) => option.default,
  settings: () => [],
  example: (option) => option.form.example,
  ofItems: ([only]) => only,
  read(option, name, given, reading) {
    const value = given ?? option.default;
    if (value !== undefined) return [readItem(reading, { path: name, name, option, several: false }, value)];
    if (!option.required) return undefined;
    reportMissing(reading, name, option.form.example);
    return [placeholder(reading, option.form.example)];
  },
  summary({ form, required, default: otherwise }) {
    if (required) return `${form.title}, required`;
    return otherwise === undefined ? form.title : `${form.title}, ${otherwise} by default`;
  },
  row: (option) => ({
    takes: option.form.title,
    otherwise: option.required ? 'required' : option.default === undefined ? 'none' : `\`${option.default}\``,
  }),
  flags({ form, help, required, default: otherwise }, flag) {
    const fallback = otherwise === undefined ? '' : ` (default: ${otherwise})`;
    return [
      { spelled: `--${flag} <${form.title}>`, help: `${help}${required ? ' (required)' : fallback}`, once: true },
    ];
  },
  written: (flag, value) => [`--${flag}`, String(value)],
  schema: (option) =>
    option.required
      ? itemSchema(option)
      : {
          anyOf: [itemSchema(option), { type: 'null' }],
          ...(option.default === undefined ? {} : { default: option.default }),
        },
  hcl: {
    type: 'string',
    defaultOf(option, { quoted }) {
      if (option.required) return undefined;
      return option.default === undefined ? 'null' : quoted(option.default);
    },
    takesNull: () => false,
    help: (option) => option.help,
    checks(option, name, hcl) {
      const value = `var.${name}`;
      const mayBeNull = !option.required && option.default === undefined;
      const read = hcl.read(option, value);
      const item = read === value ? value : 'item';
      const ofItem = (check: string) => (read === value ? check : `alltrue([for item in [${read}] : ${check}])`);
      const whereGiven = (check: string) =>
        mayBeNull ? `${value} == null ? true : (${ofItem(check)})` : ofItem(check);
      return [
        [whereGiven(hcl.fits(option, item)), hcl.misfit(option, name)],
        ...hcl.refusals(option, item).map(([check, say]) => [whereGiven(check), `${name} ${say}.`] as const),
      ];
    },
    items: (_, given) => given,
    documentChecks: () => [],
  },
  arbitrary: (_, pool, draw) => draw.one(pool),
};
