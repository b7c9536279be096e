import type { Problem } from '../document/problem.js';
import { isResourceForm, type ResourceForm } from './option/form.js';
import { hasForm } from './option/form-option.js';
import type { OptionSet } from './option.js';
import { partitions } from './place.js';
import { spellOption, type Host, type Place } from './host.js';
import { itemsIn, type Item } from './reading/reading.js';
import type { Resolved } from './resolve.js';
import { partsOf, type Slot, type Template } from './template.js';

/** Adds the texts that a template makes to a list. */
export type Expansion = (rendering: Rendering, texts: string[]) => void;

/** Prepares a template: which options it names, in order, and how each slot is filled. */
export function compileTemplate(template: Template | Slot | string): Expansion {
  const parts = partsOf(template);
  const dimensions = [...new Set(parts.flatMap(dimensionOf))];
  const indexes = parts.map((part) => dimensions.indexOf(dimensionOf(part)[0] ?? ''));
  const render = (rendering: Rendering, items: readonly Item[]): string => {
    let text = '';
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index]!;
      text += typeof part === 'string' ? part : rendering.slot(part, items[indexes[index]!]);
    }
    return text;
  };
  const expand = (rendering: Rendering, chosen: readonly Item[], texts: string[]): void => {
    const dimension = dimensions[chosen.length];
    if (dimension === undefined) texts.push(render(rendering, chosen));
    else for (const item of rendering.items(dimension)) expand(rendering, [...chosen, item], texts);
  };
  const [only] = dimensions;
  if (only === undefined || dimensions.length > 1) return (rendering, texts) => expand(rendering, [], texts);
  return (rendering, texts) => {
    for (const item of rendering.items(only)) texts.push(render(rendering, [item]));
  };
}

/** The option whose items a slot runs through. */
function dimensionOf(part: string | Slot): string[] {
  return typeof part === 'object' && 'option' in part ? [part.option] : [];
}

/** Duplicates taken out, the first of each kept in its place. */
export function distinct(texts: string[]): string[] {
  return texts.length < 2 ? texts : [...new Set(texts)];
}

/** Fills slots from resolved options, and notes what was needed and is not known. */
export class Rendering {
  private readonly missing = new Set<keyof Place>();
  private readonly nameless = new Set<string>();
  /** Who issues the tokens, in a trust entry. */
  issuer = '';

  constructor(
    private readonly options: OptionSet,
    private readonly resolved: Resolved,
    private readonly host: Host,
  ) {}

  /** The items of an option; none where it is not given. */
  items(option: string): readonly Item[] {
    return itemsIn(this.resolved.values[option]);
  }

  slot(slot: Slot, item: Item | undefined): string {
    switch (slot.slot) {
      case 'text':
        return this.nameOf(slot.option, item!);
      case 'arn':
        return this.arnOf(slot.option, item!);
      case 'itself':
        return item!.name!;
      case 'issuer':
        return this.issuer;
      case 'dnsSuffix':
        return partitions[this.place('partition')]?.dnsSuffix ?? this.host.dnsSuffix ?? 'amazonaws.com';
      default:
        return this.place(slot.slot);
    }
  }

  /** Everything that a template needed and nobody gave. */
  problems(): Problem[] {
    if (this.nameless.size === 0 && this.missing.size === 0) return [];
    const problems: Problem[] = [];
    for (const option of this.nameless) {
      problems.push({
        path: option,
        message:
          this.items(option).length === 0
            ? 'missing, and another option needs its name'
            : 'the name is needed and cannot be read from the ARN: give `{ arn, name }`',
      });
    }
    const { region } = this.resolved.place;
    if (this.missing.has('account')) {
      problems.push({
        path: 'account',
        message: `missing: for example ${spellOption(this.host, 'account', '123456789012')}`,
      });
    }
    if (this.missing.has('region') || (this.missing.has('partition') && region === undefined)) {
      const [path, example] = 'region' in this.options ? ['region', 'eu-west-1'] : ['partition', 'aws'];
      problems.push({ path, message: `missing: for example ${spellOption(this.host, path, example)}` });
    }
    const reported = new Set(this.resolved.problems.map(({ path }) => path));
    return problems.filter(({ path }) => !reported.has(path));
  }

  private nameOf(option: string, item: Item): string {
    return item.name ?? this.unnamed(option);
  }

  private unnamed(option: string): string {
    this.nameless.add(option);
    return '';
  }

  private arnOf(option: string, item: Item): string {
    if (item.arn !== undefined) return item.arn;
    const declared = this.options[option];
    if (!hasForm(declared) || !isResourceForm(declared.form)) throw new Error(`\`${option}\` has no ARN`);
    return (item.arn = this.makeArn(declared.form, item));
  }

  private makeArn({ arn }: ResourceForm, item: Item): string {
    const region = arn.regional ? this.place('region') : '';
    const account = arn.account ? this.place('account') : '';
    let resource = '';
    for (const part of arn.resource) {
      if (typeof part === 'string') resource += part;
      else if (part.slot !== 'text') resource += this.slot(part, item);
      else resource += this.items(part.option)[0]?.name ?? this.unnamed(part.option);
    }
    return `arn:${this.place('partition')}:${arn.service}:${region}:${account}:${resource}`;
  }

  private place(part: keyof Place): string {
    const value = this.resolved.place[part];
    if (value === undefined) this.missing.add(part);
    return value ?? '';
  }
}
