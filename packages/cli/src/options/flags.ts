import { kindOf, quote, type Entry } from '@postern/core';
import { Argument, Option } from 'commander';
import { InputError } from '../errors.js';
import { nothing, type Offer } from './offer.js';
import { kebabCase, placeNames } from './spell.js';

/** A flag that knows what may stand behind it. */
export class Flag extends Option {
  constructor(
    flags: string,
    help: string,
    readonly offer: Offer = nothing,
  ) {
    super(flags, help);
  }
}

/** An argument that knows what may stand there. */
export class Operand extends Argument {
  constructor(
    name: string,
    help: string,
    readonly offer: Offer = nothing,
  ) {
    super(name, help);
  }
}

/** The flags of an entry: those that the kind of each option gives. */
export function flagsOf(useCase: Entry): Flag[] {
  return Object.entries(useCase.options).flatMap(([name, option]) => {
    const group = placeNames.has(name) ? 'Place and scope:' : `Options of ${useCase.id}:`;
    return kindOf(option)
      .flags(option, kebabCase(name))
      .map(({ spelled, help, hidden = false, once: isOnce = false, words = [] }) => {
        const offer = () => words;
        const flag = isOnce ? once(spelled, help, offer) : new Flag(spelled, help, offer);
        return flag.hideHelp(hidden).helpGroup(group);
      });
  });
}

/**
 * A flag that takes one value, once: the last one silently winning has surprised too many.
 * @param offer what may stand behind it, where that is known
 */
export function once(flags: string, help: string, offer?: Offer): Flag {
  const flag = new Flag(flags, help, offer);
  flag.argParser((value: string, earlier: string | undefined) => {
    if (earlier !== undefined)
      throw new InputError([`${quote(flag.long)} is given twice, as ${quote(earlier)} and ${quote(value)}: keep one`]);
    return value;
  });
  return flag;
}

/** A flag that takes one value, as often as it is given. */
export function many(flags: string, help: string, offer?: Offer): Flag {
  const flag = new Flag(flags, help, offer);
  flag.argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
  return flag;
}

/** `--parameter NAME=VALUE`, as often as there are parameters. */
export function parameterFlag(): Flag {
  return many('--parameter <name=value>', 'what a parameter of a template is; may be given several times');
}
