import { kindOf, quote, type UseCase } from '@postern/core';
import { Option as Flag } from 'commander';
import { InputError } from '../errors.js';
import { kebabCase } from './spell.js';

const placeNames = new Set(['scope', 'account', 'region', 'partition', 'allowUnknownRegion']);

/** The flags of a use case: one for each option, and `--no-NAME` for each switch. */
export function flagsOf(useCase: UseCase): Flag[] {
  return Object.entries(useCase.options).flatMap(([name, option]) => {
    const group = placeNames.has(name) ? 'Place and scope:' : `Options of ${useCase.id}:`;
    return kindOf(option)
      .flags(option, kebabCase(name))
      .map(({ spelled, help, hidden = false, once: isOnce = false }) => {
        const flag = isOnce ? once(spelled, help) : new Flag(spelled, help);
        return flag.hideHelp(hidden).helpGroup(group);
      });
  });
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
