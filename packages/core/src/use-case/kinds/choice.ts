import { didYouMean, quote } from '../../document/problem.js';
import type { WithHelp } from '../option/form-option.js';
import { report } from '../reading/reading.js';
import type { OptionKind, ValueShape } from '../option/kind.js';

/** One of several words. */
export interface ChoiceOption<Word extends string = string> extends WithHelp {
  readonly kind: 'choice';
  readonly values: readonly Word[];
  readonly default: Word;
}

export interface ChoiceValue extends ValueShape {
  readonly value: this['option'] extends ChoiceOption<infer Word> ? Word : never;
}

/** A choice between words. */
export function oneOf<const Word extends string>(
  values: readonly Word[],
  help: string,
  settings: { readonly default: NoInfer<Word> },
): ChoiceOption<Word> {
  return { kind: 'choice', values, help, default: settings.default };
}

export const choiceKind: OptionKind<ChoiceOption> = {
  several: false,
  isRequired: () => false,
  defaultOf: (option) => option.default,
  settings: (option) => [option.default, ...option.values.filter((value) => value !== option.default)],
  example: (option) => option.default,
  ofItems: ([only]) => only,
  read(option, name, value, reading) {
    if (value === undefined || value === null) return option.default;
    if (typeof value === 'string' && option.values.includes(value)) return value;
    const hint = typeof value === 'string' ? didYouMean(value, option.values) : '';
    const known = option.values.map(quote).join(', ');
    report(reading, name, `${quote(value)} is none of ${known}${hint || ': choose one of them'}`);
    return option.default;
  },
  summary: (option) => `${option.values.join(' | ')}, ${option.default} by default`,
  row: (option) => ({
    takes: option.values.map((value) => `\`${value}\``).join(', '),
    otherwise: `\`${option.default}\``,
  }),
  flags: (option, flag) => [
    {
      spelled: `--${flag} <word>`,
      help: `${option.help} One of: ${option.values.join(', ')} (default: ${option.default})`,
      once: true,
      words: option.values,
    },
  ],
  written: (flag, value) => [`--${flag}`, String(value)],
  schema: (option) => ({ enum: [...option.values, null], default: option.default }),
  hcl: {
    type: 'string',
    defaultOf: (option, { quoted }) => quoted(option.default),
    takesNull: () => false,
    help: (option) => `${option.help} One of: ${option.values.join(', ')}.`,
    checks: (option, name, { listOf, quoted }) => [
      [`contains(${listOf(option.values.map(quoted))}, var.${name})`, `${name} is one of ${option.values.join(', ')}.`],
    ],
    items: (_, given) => given,
    documentChecks: () => [],
  },
  arbitrary: (option, _pool, draw) => draw.one(option.values),
};
