import { hasForm } from './form-option.js';
import { kinds, type Option, type ValueShapes } from '../kinds/index.js';
import type { OptionKind } from './kind.js';

const byName: Readonly<Record<Option['kind'], OptionKind<Option>>> = kinds;

/** What is particular to options of this kind. */
export function kindOf(option: Option): OptionKind<Option> {
  return byName[option.kind];
}

/**
 * What an option takes, in types.
 * @typeParam Item what one of its items may be
 */
export type ValueOf<O extends Option, Item> = (ValueShapes[O['kind']] & {
  readonly option: O;
  readonly item: Item;
})['value'];

/** Whether the scope says what the option would, so that it is left out: all of its type in account and region. */
export function isLeftOut(option: Option | undefined, scope: unknown): boolean {
  return scope === 'account' && hasForm(option) && option.scoped && kindOf(option).several;
}

/** Whether an option of this name takes a list of items. */
export function takesSeveral(options: Readonly<Record<string, Option>>, name: string): boolean {
  const option = options[name];
  return option !== undefined && kindOf(option).several;
}
