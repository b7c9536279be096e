import { quote, type Option, type UseCase } from '@postern/core';
import { Option as Flag } from 'commander';
import { InputError } from '../errors.js';
import { kebabCase } from './spell.js';

const placeNames = new Set(['scope', 'account', 'region', 'partition', 'allowUnknownRegion']);

/** The flags of a use case: one for each option, and `--no-NAME` for each switch. */
export function flagsOf(useCase: UseCase): Flag[] {
  return Object.entries(useCase.options).flatMap(([name, option]) => {
    const group = placeNames.has(name) ? 'Place and scope:' : `Options of ${useCase.id}:`;
    return flagsFor(kebabCase(name), option).map((flag) => flag.helpGroup(group));
  });
}

function flagsFor(name: string, option: Option): Flag[] {
  switch (option.kind) {
    case 'switch': {
      const on = new Flag(`--${name}`, `${option.help}${option.default === true ? ' (default)' : ''}`);
      const off = new Flag(
        `--no-${name}`,
        option.default === null ? 'The opposite, whatever the client does.' : 'The opposite.',
      );
      return [on, option.default === false ? off.hideHelp() : off];
    }
    case 'choice':
      return [
        once(`--${name} <word>`, `${option.help} One of: ${option.values.join(', ')} (default: ${option.default})`),
      ];
    case 'single': {
      const fallback = option.default === undefined ? '' : ` (default: ${option.default})`;
      return [once(`--${name} <${option.form.title}>`, `${option.help}${option.required ? ' (required)' : fallback}`)];
    }
    case 'list':
      return [new Flag(`--${name} <${option.form.title}...>`, `${option.help}${option.required ? ' (required)' : ''}`)];
  }
}

/** A flag that takes one value, once: the last one silently winning has surprised too many. */
export function once(flags: string, help: string): Flag {
  const flag = new Flag(flags, help);
  return flag.argParser((value: string, earlier: string | undefined) => {
    if (earlier !== undefined)
      throw new InputError([`${quote(flag.long)} is given twice, as ${quote(earlier)} and ${quote(value)}: keep one`]);
    return value;
  });
}

/** `--parameter NAME=VALUE`, as often as there are parameters. */
export function parameterFlag(): Flag {
  const flag = new Flag('--parameter <name=value>', 'what a parameter of a template is; may be given several times');
  return flag.argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
}
