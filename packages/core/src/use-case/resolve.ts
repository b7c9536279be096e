import { parseArn } from '../document/arn.js';
import { didYouMean, quote, type Problem } from '../document/problem.js';
import { beginningOf, holdsMark, mask, refusalOfKnown, type Masked } from './deferred.js';
import { respell, spellOption, type Host, type Place } from './host.js';
import { isResourceForm, type ListOption, type Option, type ResourceForm, type SingleOption } from './option.js';
import { partitionOfRegion, partitions, partitionsReadOn } from './place.js';
import { holds, type Lookup } from './predicate.js';
import { knownPartProblem, refusalOf, textProblem, type Asked } from './text-problem.js';
import type { UseCase } from './use-case.js';

/** One item of an option: a text, or a resource with its name, its ARN or both. */
export interface Item {
  /** The text or the resource's name; undefined for a reference whose name is not known. */
  readonly name: string | undefined;
  /** The ARN as it was given; made from the name where it was not. */
  arn: string | undefined;
}

/** Options checked, filled up with defaults and taken apart. */
export interface Resolved {
  /** Switches and choices by value; texts and resources as items; undefined where not given. */
  readonly values: Readonly<Record<string, boolean | string | null | undefined | readonly Item[]>>;
  readonly place: Place;
  readonly problems: Problem[];
}

type PlacePart = keyof Place;

interface Anchor {
  readonly part: PlacePart;
  readonly value: string;
  readonly path: string;
  readonly arn: string;
  /** Whether it supplies the part to others, or is only compared with what is given. */
  readonly supplies: boolean;
}

const placeParts: readonly PlacePart[] = ['account', 'region', 'partition'];

/** Checks the options of a use case and finds every problem in them. */
export function resolve(useCase: UseCase, options: unknown, host: Host): Resolved {
  return new Resolver(useCase, host).resolve(options);
}

interface NamedOption {
  readonly name: string;
  readonly option: Option;
  /** Whether it needs a look where it is not given: it is required, `scope` governs it, or its default is a text. */
  readonly attentive: boolean;
}

/** What every build of an entry starts from. Entries never change, so it is made once. */
interface Prepared {
  readonly options: readonly NamedOption[];
  readonly defaults: Readonly<Record<string, boolean | string | null | undefined>>;
}

const prepared = new WeakMap<UseCase, Prepared>();

function prepare(useCase: UseCase): Prepared {
  const found = prepared.get(useCase);
  if (found !== undefined) return found;
  const entries = Object.entries(useCase.options);
  const made = {
    options: entries.map(([name, option]) => ({ name, option, attentive: needsLook(option) })),
    defaults: Object.fromEntries(
      entries.map(([name, option]) => [name, 'form' in option ? undefined : option.default]),
    ),
  };
  prepared.set(useCase, made);
  return made;
}

function needsLook(option: Option): boolean {
  if (!('form' in option)) return false;
  return option.required || option.scoped || (option.kind === 'single' && option.default !== undefined);
}

class Resolver {
  private readonly problems: Problem[] = [];
  private readonly options: readonly NamedOption[];
  private readonly values: Record<string, boolean | string | null | undefined | readonly Item[]>;
  private readonly anchors: Anchor[] = [];
  /** Items that stand where nothing usable was given: what else is said of them would be of the example. */
  private readonly placeholders = new WeakSet<Item>();
  private scope = 'exact';

  constructor(
    private readonly useCase: UseCase,
    private readonly host: Host,
  ) {
    const { options, defaults } = prepare(useCase);
    this.options = options;
    this.values = { ...defaults };
  }

  resolve(options: unknown): Resolved {
    const input = this.readInput(options);
    if (Object.hasOwn(this.useCase.options, 'scope')) this.scope = String(input['scope'] ?? 'exact');
    for (const { name, option, attentive } of this.options) {
      const value = input[name];
      if (value !== undefined || attentive) this.values[name] = this.readOption(name, option, value);
    }
    const place = this.resolvePlace();
    this.refuse();
    return { values: this.values, place, problems: this.problems };
  }

  private readInput(options: unknown): Record<string, unknown> {
    if (typeof options !== 'object' || options === null || Array.isArray(options)) {
      this.report('', `${quote(options)} is no set of options: give an object with the options by name`);
      return {};
    }
    for (const name of Object.keys(options)) {
      if (Object.hasOwn(this.useCase.options, name)) continue;
      const hint = didYouMean(name, Object.keys(this.useCase.options));
      this.report(name, `${quote(name)} is no option of ${quote(this.useCase.id)}${hint || ': leave it out'}`);
    }
    return options as Record<string, unknown>;
  }

  private readOption(name: string, option: Option, value: unknown): Resolved['values'][string] {
    switch (option.kind) {
      case 'switch':
        if (value === undefined || value === null) return option.default;
        if (typeof value === 'boolean') return value;
        this.report(name, `${quote(value)} is neither true nor false: write one of them`);
        return option.default;
      case 'choice':
        if (value === undefined || value === null) return option.default;
        if (option.values.includes(value as string)) return value as string;
        this.reportChoice(name, option.values, value);
        return option.default;
      case 'single':
        return this.readSingle(name, option, value ?? option.default);
      case 'list':
        return this.readList(name, option, value ?? undefined);
    }
  }

  private reportChoice(name: string, values: readonly string[], value: unknown): void {
    const hint = typeof value === 'string' ? didYouMean(value, values) : '';
    const known = values.map(quote).join(', ');
    this.report(name, `${quote(value)} is none of ${known}${hint || ': choose one of them'}`);
  }

  private readSingle(name: string, option: SingleOption, value: unknown): readonly Item[] | undefined {
    if (value === undefined || value === null) {
      if (!option.required) return undefined;
      this.reportMissing(name, option);
      return [this.placeholder(option.form.example)];
    }
    return [this.readItem(name, name, option, value)];
  }

  private readList(name: string, option: ListOption, value: unknown): readonly Item[] | undefined {
    if (option.scoped && this.scope === 'account') {
      if (value !== undefined) {
        this.report(name, `the list and ${this.spell('scope', 'account')} exclude each other: leave one out`);
      }
      return [{ name: '*', arn: undefined }];
    }
    if (value === undefined) {
      if (!option.required) return undefined;
      this.reportMissing(name, option);
      return [this.placeholder(option.form.example)];
    }
    if (!Array.isArray(value)) {
      this.report(name, `${quote(value)} is no list: write ${this.spell(name, `[${option.form.example}]`)}`);
      return undefined;
    }
    if (value.length === 0) {
      this.report(name, `the list is empty: name at least one, for example ${this.spell(name, option.form.example)}`);
      return undefined;
    }
    const items = value.map((item, index) => this.readItem(`${name}[${index}]`, name, option, item));
    if (items.length > 1) this.findDuplicates(name, items);
    return items;
  }

  private findDuplicates(name: string, items: readonly Item[]): void {
    const seen = new Map<string, number>();
    items.forEach((item, index) => {
      if (this.placeholders.has(item)) return;
      const identity = item.name ?? item.arn ?? '';
      const earlier = seen.get(identity);
      if (earlier === undefined) seen.set(identity, index);
      else
        this.report(
          `${name}[${index}]`,
          `${quote(identity)} already stands at ${this.spell(`${name}[${earlier}]`)}: keep one`,
        );
    });
  }

  private readItem(path: string, name: string, option: SingleOption | ListOption, value: unknown): Item {
    const { form } = option;
    if (typeof value === 'string') {
      if (isResourceForm(form)) {
        if (value.startsWith('arn:')) return this.readArn(path, name, option, form, value);
        if (this.isDeferred(value) && 'arn:'.startsWith(beginningOf(this.masked(value).text))) {
          this.reportForm(path, form, value);
          return this.placeholder(form.example);
        }
      }
      this.checkText(path, name, option, value);
      return { name: value, arn: undefined };
    }
    if (isResourceForm(form) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return this.readReference(path, name, option, form, value as Record<string, unknown>);
    }
    const quotes = typeof value === 'number' ? 'put it in quotes, for example' : 'write text, for example';
    this.report(path, `${quote(value)} is no ${form.title}, which is a string: ${quotes} "${form.example}"`);
    return this.placeholder(String(value));
  }

  private readReference(
    path: string,
    name: string,
    option: SingleOption | ListOption,
    form: ResourceForm,
    reference: Record<string, unknown>,
  ): Item {
    const { arn, name: itsName, place } = reference;
    const extra = Object.keys(reference).filter((key) => !['arn', 'name', 'place'].includes(key));
    const texts = [arn, itsName].filter((text) => text !== undefined);
    if (texts.length === 0 || texts.some((text) => typeof text !== 'string') || extra.length > 0) {
      const ways = 'write `{ arn }`, `{ name }` or both, each a string';
      this.report(path, `${quote(reference)} is no reference to a resource: ${ways}`);
      return this.placeholder(form.example);
    }
    const item = typeof arn === 'string' ? this.readArn(path, name, option, form, arn, true) : undefined;
    if (typeof itsName === 'string' && itsName !== item?.name) this.checkText(path, name, option, itsName);
    if (typeof place === 'object' && place !== null) {
      this.anchor(path, option, String(arn ?? itsName), this.placeOf(form, place));
    }
    if (typeof itsName === 'string') return { name: itsName, arn: item?.arn };
    return item ?? this.placeholder(form.example);
  }

  /** The parts of a place that an ARN of the form would have. */
  private placeOf(
    { arn }: ResourceForm,
    place: Partial<Record<PlacePart, unknown>>,
  ): Partial<Record<PlacePart, string>> {
    const { account, region } = place;
    return {
      ...(arn.account && typeof account === 'string' ? { account } : {}),
      ...(arn.regional && typeof region === 'string' ? { region } : {}),
    };
  }

  private reportForm(path: string, form: ResourceForm, text: string): void {
    const known = 'is known only at deployment, and may be a name or an ARN';
    this.report(
      path,
      `${quote(text)} ${known}: write \`{ name: … }\` or \`{ arn: … }\` of the ${form.title} around it`,
    );
  }

  /** An ARN of which some parts, or all, are known only later; `vouched` where the user said that it is one of this form. */
  private readDeferredArn(
    path: string,
    name: string,
    option: SingleOption | ListOption,
    form: ResourceForm,
    text: string,
    vouched: boolean,
  ): Item {
    const masked = this.masked(text);
    const unread = { name: undefined, arn: text };
    const refused = refusalOfKnown(form, masked);
    if (refused !== undefined) {
      this.report(path, `${quote(text)} ${respell(refused, this.useCase, this.host)}`);
      return this.placeholder(form.example, text);
    }
    const parsed = parseArn(masked.text);
    const itsName = parsed === undefined ? 'unknown' : this.nameInDeferred(form, parsed.resource);
    const beginning = beginningOf(masked.text);
    const wrong =
      parsed === undefined
        ? !holdsMark(masked.text.split(':').slice(0, 5).join(':')) || !'arn:'.startsWith(beginning.slice(0, 4))
        : itsName === 'wrong' ||
          (!holdsMark(parsed.service) && parsed.service !== form.arn.service) ||
          (!holdsMark(parsed.region) && form.arn.regional === (parsed.region === '')) ||
          (holdsMark(parsed.region) && !form.arn.regional) ||
          (!holdsMark(parsed.account) && form.arn.account === (parsed.account === '')) ||
          (holdsMark(parsed.account) && !form.arn.account);
    if (wrong) {
      this.report(path, `${quote(text)} is no ${form.title} ARN: write it as \`${this.shapeOf(form)}\``);
      return this.placeholder(form.example, text);
    }
    if (parsed !== undefined) {
      const { partition, region, account } = parsed;
      this.checkArnPlace(path, option, text, {
        partition: masked.restore(partition),
        region: masked.restore(region),
        account: masked.restore(account),
      });
    }
    if (typeof itsName === 'string') {
      if (vouched) return unread;
      this.report(
        path,
        `${quote(text)} may be the ARN of something else: write \`{ arn: … }\` around it if it is that of the ${form.title}`,
      );
      return this.placeholder(form.example, text);
    }
    const restored = masked.restore(itsName.name);
    this.checkText(path, name, option, restored);
    return { name: restored, arn: text };
  }

  /** As {@link nameIn}, for a resource part with unknown pieces. */
  private nameInDeferred(form: ResourceForm, resource: string): { name: string } | 'unknown' | 'wrong' {
    let rest = resource;
    for (const part of form.arn.resource) {
      if (typeof part === 'string') {
        if (!rest.startsWith(part)) return holdsMark(rest) && part.startsWith(beginningOf(rest)) ? 'unknown' : 'wrong';
        rest = rest.slice(part.length);
      } else if (part.slot === 'text') {
        const end = rest.indexOf('/');
        if (end < 0) return holdsMark(rest) ? 'unknown' : 'wrong';
        const expected = this.givenName(part.option);
        const given = rest.slice(0, end);
        const both = expected !== undefined && !this.isDeferred(expected) && !holdsMark(given);
        if (both && expected !== given) return 'wrong';
        rest = rest.slice(end);
      } else return rest === '' ? 'wrong' : { name: rest };
    }
    return 'wrong';
  }

  private masked(text: string): Masked {
    return mask(this.host.pieces?.(text) ?? [{ text, known: false }]);
  }

  private readArn(
    path: string,
    name: string,
    option: SingleOption | ListOption,
    form: ResourceForm,
    text: string,
    vouched = false,
  ): Item {
    if (this.isDeferred(text)) return this.readDeferredArn(path, name, option, form, text, vouched);
    const refused = refusalOf(this.asked(name, option), text);
    if (refused !== undefined) {
      this.report(path, refused);
      return this.placeholder(form.example, text);
    }
    const parsed = parseArn(text);
    const itsName =
      parsed === undefined || parsed.service !== form.arn.service ? undefined : this.nameIn(form, parsed.resource);
    if (
      parsed === undefined ||
      itsName === undefined ||
      form.arn.regional === (parsed.region === '') ||
      form.arn.account === (parsed.account === '')
    ) {
      this.report(path, `${quote(text)} is no ${form.title} ARN: write it as \`${this.shapeOf(form)}\``);
      return this.placeholder(form.example, text);
    }
    this.checkText(path, name, option, itsName);
    this.checkArnPlace(path, option, text, parsed);
    return { name: itsName, arn: text };
  }

  private checkArnPlace(
    path: string,
    option: SingleOption | ListOption,
    arn: string,
    parsed: { partition: string; region: string; account: string },
  ): void {
    const { partition, account } = parsed;
    if (account !== '' && !this.isDeferred(account) && !/^[0-9]{12}$/.test(parsed.account)) {
      this.report(path, `${quote(arn)} has ${quote(parsed.account)} for an account: write 12 digits`);
      return;
    }
    if (
      !this.isDeferred(partition) &&
      !Object.hasOwn(partitions, partition) &&
      this.values['allowUnknownRegion'] !== true
    ) {
      const hint = didYouMean(parsed.partition, Object.keys(partitions));
      this.report(path, `${quote(arn)} has ${quote(parsed.partition)} for a partition${hint || ': use `aws`'}`);
      return;
    }
    this.anchor(path, option, arn, parsed);
    if (parsed.region === '' || this.isDeferred(partition)) return;
    const expected = partitionOfRegion.get(parsed.region);
    if (expected !== undefined && expected !== parsed.partition) {
      this.report(
        path,
        `${quote(arn)} has the partition ${quote(parsed.partition)}, and its region is in ${quote(expected)}`,
      );
    }
  }

  private anchor(
    path: string,
    option: SingleOption | ListOption,
    arn: string,
    place: Partial<Record<PlacePart, string>>,
  ): void {
    for (const part of placeParts) {
      const value = place[part] ?? '';
      if (value === '' || this.isDeferred(value) || (option.elsewhere && part === 'account')) continue;
      this.anchors.push({ part, value, path, arn, supplies: option.anchors.includes(part) });
    }
  }

  /** The way back from the sixth part of an ARN to the name; undefined where the shape is another. */
  private nameIn(form: ResourceForm, resource: string): string | undefined {
    let rest = resource;
    for (const part of form.arn.resource) {
      if (typeof part === 'string') {
        if (!rest.startsWith(part)) return undefined;
        rest = rest.slice(part.length);
      } else if (part.slot === 'text') {
        const expected = this.givenName(part.option);
        const known = expected !== undefined && !this.isDeferred(expected);
        if (known && !rest.startsWith(expected)) return undefined;
        rest = rest.slice(known ? expected.length : rest.indexOf('/'));
      } else return rest;
    }
    return undefined;
  }

  private shapeOf(form: ResourceForm): string {
    const { service, regional, account, resource } = form.arn;
    const last = resource.map((part) => {
      if (typeof part === 'string') return part;
      if (part.slot !== 'text') return 'NAME';
      return this.givenName(part.option) ?? part.option.toUpperCase();
    });
    return `arn:aws:${service}:${regional ? 'REGION' : ''}:${account ? 'ACCOUNT' : ''}:${last.join('')}`;
  }

  private placeholder(name: string, arn?: string): Item {
    const item = { name, arn };
    this.placeholders.add(item);
    return item;
  }

  /** The name of an option's first item, where a usable one was given. */
  private givenName(option: string): string | undefined {
    const item = (this.values[option] as readonly Item[] | undefined)?.[0];
    return item === undefined || this.placeholders.has(item) ? undefined : item.name;
  }

  private checkText(path: string, name: string, option: SingleOption | ListOption, text: string): void {
    const asked = this.asked(name, option);
    const message = this.isDeferred(text) ? knownPartProblem(asked, text, this.masked(text)) : textProblem(asked, text);
    if (message !== undefined) this.report(path, message);
  }

  private asked(name: string, option: SingleOption | ListOption): Asked {
    return { useCase: this.useCase, host: this.host, scope: this.scope, name, option };
  }

  private resolvePlace(): Place {
    const explicit: Place = {
      account: this.explicitPlace('account'),
      region: this.explicitPlace('region'),
      partition: this.explicitPlace('partition'),
    };
    const place: Place = { ...explicit };
    this.checkRegion(explicit);
    for (const part of this.anchors.length === 0 ? [] : placeParts) {
      const supplied = this.anchors.find((anchor) => anchor.part === part && anchor.supplies);
      place[part] ??= supplied?.value;
      for (const anchor of this.anchors) {
        if (anchor.part !== part) continue;
        const other = explicit[part] ?? (anchor.supplies ? supplied?.value : undefined);
        if (other === undefined || other === anchor.value || this.isDeferred(other)) continue;
        const whose = explicit[part] === undefined ? this.spell(supplied!.path) : this.spell(part);
        const message = `${quote(anchor.arn)} has the ${part} ${quote(anchor.value)}, and ${whose} says ${quote(other)}: make them agree`;
        this.report(anchor.path, message);
      }
    }
    if (place.region !== undefined) place.partition ??= partitionOfRegion.get(place.region);
    place.account ??= this.host.place?.account;
    place.region ??= this.host.place?.region;
    place.partition ??= partitionOfRegion.get(place.region ?? '') ?? this.host.place?.partition;
    return place;
  }

  private explicitPlace(part: PlacePart): string | undefined {
    return (this.values[part] as readonly Item[] | undefined)?.[0]?.name;
  }

  private checkRegion({ region, partition }: Place): void {
    const allowUnknown = this.values['allowUnknownRegion'] === true;
    if (
      partition !== undefined &&
      !this.isDeferred(partition) &&
      !Object.hasOwn(partitions, partition) &&
      !allowUnknown
    ) {
      const hint = didYouMean(partition, Object.keys(partitions));
      this.report(
        'partition',
        `${quote(partition)} is no partition known on ${partitionsReadOn}${hint || ': use `aws`'}`,
      );
      return;
    }
    if (region === undefined || this.isDeferred(region)) return;
    const expected = partitionOfRegion.get(region);
    if (expected !== undefined) {
      if (partition === undefined || partition === expected || this.isDeferred(partition)) return;
      this.report(
        'partition',
        `the region ${quote(region)} is in ${quote(expected)}, not in ${quote(partition)}: leave the partition out`,
      );
    } else if (partition === undefined || !allowUnknown) {
      const hint = didYouMean(region, partitionOfRegion.keys()) || ':';
      const message = `${quote(region)} is no region known on ${partitionsReadOn}${hint} a newer one needs ${this.spell('partition')} and ${this.spell('allowUnknownRegion')}`;
      if (!this.problems.some((problem) => problem.path === 'region')) this.report('region', message);
    }
  }

  private refuse(): void {
    const lookup: Lookup = (option) => this.values[option];
    for (const refusal of this.useCase.refuse ?? []) {
      if (!holds(refusal.if, lookup)) continue;
      const option = this.useCase.options[refusal.path];
      const missing = lookup(refusal.path) === undefined && option !== undefined && 'form' in option;
      const example = missing ? `: for example ${this.spell(refusal.path, option.form.example)}` : '';
      this.report(refusal.path, respell(refusal.say, this.useCase, this.host) + example);
    }
  }

  private reportMissing(name: string, option: SingleOption | ListOption): void {
    this.report(name, `missing: for example ${this.spell(name, option.form.example)}`);
  }

  private spell(option: string, value?: string): string {
    return spellOption(this.host, option, value);
  }

  private isDeferred(text: string): boolean {
    return this.host.deferred?.(text) ?? false;
  }

  private report(path: string, message: string): void {
    this.problems.push({ path, message });
  }
}
