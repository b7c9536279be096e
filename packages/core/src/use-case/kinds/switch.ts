import { quote } from '../../document/problem.js';
import type { WithHelp } from '../option/form-option.js';
import { report } from '../reading/reading.js';
import type { OptionKind, ValueShape } from '../option/kind.js';

/** A boolean; null where unset means neither. */
export interface SwitchOption extends WithHelp {
  readonly kind: 'switch';
  readonly default: boolean | null;
}

export interface SwitchValue extends ValueShape {
  readonly value: boolean | null;
}

/** A switch, off unless said otherwise; `default: null` makes it three-state. */
export function toggle(help: string, settings: { readonly default?: boolean | null } = {}): SwitchOption {
  return { kind: 'switch', help, default: settings.default === undefined ? false : settings.default };
}

export const switchKind: OptionKind<SwitchOption> = {
  several: false,
  isRequired: () => false,
  defaultOf: (option) => option.default,
  settings: (option) => [option.default, ...[true, false].filter((value) => value !== option.default)],
  example: () => true,
  ofItems: ([only]) => only,
  read(option, name, value, reading) {
    if (value === undefined || value === null) return option.default;
    if (typeof value === 'boolean') return value;
    report(reading, name, `${quote(value)} is neither true nor false: write one of them`);
    return option.default;
  },
  summary: (option) => `switch, ${option.default === null ? 'unset' : option.default ? 'on' : 'off'} by default`,
  row: (option) => ({ takes: 'switch', otherwise: option.default === null ? 'unset' : `\`${option.default}\`` }),
  flags: (option, flag) => [
    { spelled: `--${flag}`, help: `${option.help}${option.default === true ? ' (default)' : ''}` },
    {
      spelled: `--no-${flag}`,
      help: option.default === null ? 'The opposite, whatever the client does.' : 'The opposite.',
      hidden: option.default === false,
    },
  ],
  written: (flag, value) => [value === true ? `--${flag}` : `--no-${flag}`],
  schema: (option) => ({ type: ['boolean', 'null'], default: option.default }),
  hcl: {
    type: 'bool',
    defaultOf: (option) => String(option.default),
    takesNull: () => false,
    help: (option) => option.help,
    checks: () => [],
    items: (_, given) => given,
    documentChecks: () => [],
  },
  arbitrary: (_option, _pool, draw) => draw.one([true, false]),
};
