import { partitions } from '@postern/core';
import { deferredText, isDeferred } from '../deferred.js';
import type { TemplatePlace } from '../found.js';
import { isObject, textOf } from '../json-values.js';
import { resourceTypes } from './resource-types.js';

type Json = Record<string, unknown>;

/** How deep names may stand in names before it is taken for a circle. */
const deepest = 64;

/** More functions are not worked out in one template, and no longer texts are made: names that stand in names may double. */
const mostSteps = 200_000;
const longestText = 100_000;

/** Statements are read for each branch of so many conditions; further ones stay open. */
const mostSplits = 4;

/** Both branches of an `Fn::If` that cannot be decided: statements that hold under a condition of the template. */
class Either {
  constructor(
    readonly condition: string,
    readonly branches: readonly [unknown, unknown],
  ) {}
}

/** Which of the written statements a read one is from, where one may have become several. */
const writtenAt = Symbol('written at');

/** Which of the statements that a template has written a statement is from; undefined where it is the same number. */
export function writtenIndexOf(statement: unknown): number | undefined {
  return isObject(statement) ? (statement as { [writtenAt]?: number })[writtenAt] : undefined;
}

/** Stands for `AWS::NoValue`. */
const noValue = Symbol('AWS::NoValue');

/** Works out intrinsic functions as far as a template alone can; what it cannot is `«…»`. */
export class TemplateValues {
  readonly notes = new Set<string>();
  /** The parameters that the template has. */
  readonly parameters: ReadonlySet<string>;
  private readonly known: ReadonlyMap<string, unknown>;
  private readonly resources: Json;
  /** What conditions are taken to be while a statement is read for each branch. */
  private readonly taken = new Map<string, boolean>();
  private depth = 0;
  private steps = 0;

  constructor(
    private readonly template: Json,
    private readonly place: TemplatePlace,
  ) {
    const parameters = isObject(template['Parameters']) ? template['Parameters'] : {};
    this.parameters = new Set(Object.keys(parameters));
    this.resources = isObject(template['Resources']) ? template['Resources'] : {};
    const { account, region, partition, stack } = place;
    this.known = new Map<string, unknown>([
      ...Object.entries(parameters).flatMap(([name, one]) => this.readParameter(name, one)),
      ['AWS::AccountId', account],
      ['AWS::Region', region],
      ['AWS::Partition', partition],
      ['AWS::URLSuffix', partitions[partition]?.dnsSuffix ?? 'amazonaws.com'],
      ...(stack === undefined ? [] : [['AWS::StackName', stack] as const]),
    ]);
  }

  /** The value of an `AWS::SSM::Parameter::Value` is looked up on deployment: its default is only the name. */
  private readParameter(name: string, parameter: unknown): [string, unknown][] {
    if (!isObject(parameter)) return [];
    const type = textOf(parameter['Type']);
    const given = this.place.parameters?.get(name);
    if (given === undefined && type.startsWith('AWS::SSM::')) return [];
    const value = given ?? parameter['Default'];
    if (value === undefined) return [];
    const text = String(value);
    return [[name, /^(CommaDelimitedList|List<)/.test(type) ? text.split(',').map((item) => item.trim()) : text]];
  }

  /** Works out a value, with all that stands in it. */
  resolve(value: unknown): unknown {
    const found = this.work(value);
    if (found instanceof Either) return this.either(found);
    return found === noValue ? undefined : found;
  }

  /** Works out what may be several policies, each under its condition of the template. */
  resolveList(value: unknown): unknown[] {
    const found = this.work([value]);
    return (found as unknown[]).flat();
  }

  /** What a condition of the template comes to; undefined where only the deployment knows. */
  condition(name: string): boolean | undefined {
    const taken = this.taken.get(name);
    if (taken !== undefined) return taken;
    const conditions = isObject(this.template['Conditions']) ? this.template['Conditions'] : {};
    return Object.hasOwn(conditions, name) ? this.guarded(() => this.decide(conditions[name]), undefined) : undefined;
  }

  private work(value: unknown): unknown {
    if (typeof value === 'string') return value.replace(/\{\{resolve:([^{}]*)\}\}/g, (_, name) => deferredText(name));
    if (Array.isArray(value)) {
      return value.flatMap((item): unknown[] => {
        const found = this.work(item);
        if (found instanceof Either) return this.itemsOf(found);
        return found === noValue ? [] : [found];
      });
    }
    if (!isObject(value)) return value;
    const [name = '', argument] = Object.entries(value)[0] ?? [];
    if (Object.keys(value).length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      const otherwise = this.open(name, argument);
      const found = this.guarded(() => this.call(name, argument), otherwise);
      return typeof found === 'string' && found.length > longestText ? otherwise : found;
    }
    const split = this.place.takesBothBranches && isStatement(value) ? this.undecidedIn(value, 0) : undefined;
    if (split !== undefined) return this.splitAt(split, value);
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => {
        if (key === 'Statement' && Array.isArray(inner) && this.place.takesBothBranches) {
          return [[key, inner.flatMap((one, index) => this.statementsAt(one, index))]];
        }
        const found = this.work(inner);
        if (found instanceof Either) return [[key, key === 'Statement' ? this.itemsOf(found) : this.either(found)]];
        return found === noValue ? [] : [[key, found]];
      }),
    );
  }

  /** What a written statement comes to: none, one or several, each with its number. */
  private statementsAt(statement: unknown, index: number): unknown[] {
    const found = this.work([statement]) as unknown[];
    return found.map((one) => (isObject(one) ? { ...one, [writtenAt]: index } : one));
  }

  /** A condition in a value that only the deployment decides, and that is not taken to be something yet. */
  private undecidedIn(value: unknown, depth: number): string | undefined {
    if (depth > deepest || this.taken.size >= mostSplits) return undefined;
    const inside: readonly unknown[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
    const condition = isObject(value) && Array.isArray(value['Fn::If']) ? textOf(value['Fn::If'][0]) : '';
    if (condition !== '' && this.condition(condition) === undefined) return condition;
    for (const one of inside) {
      const found = this.undecidedIn(one, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A statement for each way that a condition may come out. */
  private splitAt(condition: string, statement: Json): Either {
    const branches = [true, false].map((outcome) => {
      this.taken.set(condition, outcome);
      try {
        return this.work(statement);
      } finally {
        this.taken.delete(condition);
      }
    });
    return new Either(condition, [branches[0], branches[1]]);
  }

  private guarded<T>(work: () => T, otherwise: T): T {
    if (this.depth >= deepest || this.steps >= mostSteps) return otherwise;
    this.depth += 1;
    this.steps += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
    }
  }

  private call(name: string, argument: unknown): unknown {
    const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Ref':
        return argument === 'AWS::NoValue' ? noValue : this.reference(textOf(argument));
      case 'Fn::GetAtt': {
        const path = list.map((part) => this.text(part)).join('.');
        return this.reference(path);
      }
      case 'Fn::Sub':
        return this.substitute(textOf(list[0]), isObject(list[1]) ? list[1] : {});
      case 'Fn::Join': {
        const parts = this.resolve(list[1]);
        return Array.isArray(parts) && parts.every(isScalar) ? parts.join(textOf(list[0])) : this.open(name, argument);
      }
      case 'Fn::Split': {
        const [separator, text] = [textOf(list[0]), this.resolve(list[1])];
        if (typeof text !== 'string' || separator === '') return this.open(name, argument);
        // A name that is not known has no colon in an ARN whose form is; anything else may hold the separator.
        const surely = !isDeferred(text) || (separator === ':' && text.startsWith('arn:'));
        return surely ? splitAround(text, separator) : this.open(name, argument);
      }
      case 'Fn::Select': {
        const [index, items] = [Number(this.resolve(list[0])), this.resolve(list[1])];
        return (Array.isArray(items) ? (items as unknown[])[index] : undefined) ?? this.open(name, argument);
      }
      case 'Fn::FindInMap':
        return this.findInMap(list) ?? this.open(name, argument);
      case 'Fn::If': {
        const condition = textOf(list[0]);
        const decided = this.condition(condition);
        if (decided !== undefined) return this.work(list[decided ? 1 : 2]);
        return new Either(condition, [this.work(list[1]), this.work(list[2])]);
      }
      case 'Fn::Base64': {
        const text = this.resolve(argument);
        return typeof text === 'string' && !isDeferred(text)
          ? Buffer.from(text).toString('base64')
          : this.open(name, argument);
      }
      case 'Fn::ToJsonString':
        return JSON.stringify(this.resolve(argument));
      case 'Fn::Length': {
        const items = this.resolve(argument);
        return Array.isArray(items) ? items.length : this.open(name, argument);
      }
      case 'Fn::ImportValue': {
        const exported = this.text(argument);
        return this.place.exports?.get(exported) ?? deferredText(`Fn::ImportValue ${exported}`);
      }
      default:
        return this.open(name, argument);
    }
  }

  /** A text that is surely one. */
  private text(value: unknown): string {
    const found = this.resolve(value);
    return isScalar(found) ? String(found) : this.open('value', value);
  }

  private substitute(text: string, own: Json): string {
    let length = 0;
    return textOf(this.work(text)).replace(/\$\{(!?)([^{}]*)\}/g, (_, escaped: string, key: string) => {
      if (escaped !== '') return `\${${key}}`;
      if (length > longestText) return '';
      const name = key.trim();
      const found = Object.hasOwn(own, name) ? this.resolve(own[name]) : this.reference(name);
      const value = isScalar(found) ? String(found) : this.open('Fn::Sub', name);
      length += value.length;
      return value;
    });
  }

  private findInMap(list: readonly unknown[]): unknown {
    let found: unknown = this.template['Mappings'];
    for (const part of list.slice(0, 3)) {
      const key = this.text(part);
      if (!isObject(found) || !Object.hasOwn(found, key)) {
        const other = list[3];
        return isObject(other) && !isDeferred(key) ? this.resolve(other['DefaultValue']) : undefined;
      }
      found = found[key];
    }
    return found;
  }

  /** What a name stands for, in `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
  private reference(name: string): unknown {
    if (this.known.has(name)) {
      const assumed = this.place.assumed?.[name];
      if (assumed !== undefined) this.notes.add(assumed);
      return this.known.get(name);
    }
    const dot = name.indexOf('.');
    const [id, attribute] = dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
    const resource = Object.hasOwn(this.resources, id) ? this.resources[id] : undefined;
    const found = isObject(resource)
      ? this.guarded(() => this.returned(id, resource, attribute), undefined)
      : undefined;
    return found ?? deferredText(name);
  }

  /** What a resource of the template returns, by its type and its properties. */
  private returned(id: string, resource: Json, attribute: string | undefined): string | undefined {
    const typeName = textOf(resource['Type']);
    const type = Object.hasOwn(resourceTypes, typeName) ? resourceTypes[typeName] : undefined;
    if (type === undefined) return undefined;
    const form =
      attribute === undefined
        ? type.ref
        : Object.hasOwn(type.attributes, attribute)
          ? type.attributes[attribute]
          : undefined;
    const properties = isObject(resource['Properties']) ? resource['Properties'] : {};
    const property = (name: string): string | undefined => {
      const value = Object.hasOwn(properties, name) ? this.resolve(properties[name]) : undefined;
      return isScalar(value) && String(value) !== '' ? String(value) : type.defaults?.[name];
    };
    return form?.replace(/<(\?)?(\w+)(\/)?>/g, (_, open: string | undefined, key: string, last: string | undefined) => {
      if (open !== undefined) return deferredText(`${id} ${key}`);
      if (key === 'Name') return (type.name === undefined ? undefined : property(type.name)) ?? deferredText(id);
      const pseudo = placeNames[key];
      if (pseudo !== undefined) return String(this.reference(pseudo));
      const value = property(key) ?? deferredText(`${id} ${key}`);
      return last === undefined ? value : value.slice(value.lastIndexOf('/') + 1);
    });
  }

  private decide(condition: unknown): boolean | undefined {
    if (!isObject(condition)) return undefined;
    const [name = '', argument] = Object.entries(condition)[0] ?? [];
    const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Condition':
        return this.condition(textOf(argument));
      case 'Fn::Equals': {
        const [one, other] = list.map((item) => JSON.stringify(this.resolve(item)) ?? '');
        if (one === other) return true;
        return isDeferred(`${one}${other}`) ? undefined : false;
      }
      case 'Fn::Not': {
        const found = this.guarded(() => this.decide(list[0]), undefined);
        return found === undefined ? undefined : !found;
      }
      case 'Fn::And':
      case 'Fn::Or': {
        const ends = name === 'Fn::Or';
        const found = list.map((item) => this.guarded(() => this.decide(item), undefined));
        if (found.includes(ends)) return ends;
        return found.includes(undefined) ? undefined : !ends;
      }
      default:
        return undefined;
    }
  }

  /** What stands in a list for both branches: statements and policies of each under its condition, or one open text. */
  private itemsOf(either: Either): unknown[] {
    const branches = either.branches.map((branch): unknown[] => {
      if (branch === noValue) return [];
      if (branch instanceof Either) return this.itemsOf(branch);
      return Array.isArray(branch) ? branch : [branch];
    });
    if (!branches.flat().every(isConditional)) return [this.either(either)];
    return branches.flatMap((items, index) =>
      items.map((item) => underCondition(item as Json, either.condition, index === 0)),
    );
  }

  private either({ condition }: Either): string {
    return deferredText(`Fn::If ${condition}`);
  }

  /** What nobody knows yet: an expression, shortened to what tells it from others. */
  private open(name: string, argument: unknown): string {
    const text = typeof argument === 'string' ? argument : (JSON.stringify(argument) ?? '');
    return deferredText(name === 'Ref' ? text : `${name} ${text}`);
  }
}

const placeNames: Readonly<Record<string, string>> = {
  Partition: 'AWS::Partition',
  Region: 'AWS::Region',
  Account: 'AWS::AccountId',
  URLSuffix: 'AWS::URLSuffix',
};

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Splits at separators outside of what is not known yet. */
function splitAround(text: string, separator: string): string[] {
  const parts = [''];
  for (const piece of text.split(/(«[^«»]*»)/)) {
    const [first = '', ...rest] = piece.startsWith('«') ? [piece] : piece.split(separator);
    parts[parts.length - 1] += first;
    parts.push(...rest);
  }
  return parts;
}

function isStatement(value: Json): boolean {
  return 'Effect' in value && ['Action', 'NotAction'].some((key) => key in value);
}

/** Whether a value is a statement, a document, or a policy with a document: what can hold under a condition. */
function isConditional(value: unknown): boolean {
  return isObject(value) && ['Effect', 'Statement', 'PolicyDocument'].some((key) => key in value);
}

/** The statement, or all statements of a document or a policy, that hold only where a condition of the template is so. */
export function underCondition(value: Json, condition: string, wanted: boolean): Json {
  const inside = (one: unknown): unknown => (isObject(one) ? underCondition(one, condition, wanted) : one);
  if ('PolicyDocument' in value) return { ...value, PolicyDocument: inside(value['PolicyDocument']) };
  const statements = value['Statement'];
  if ('Statement' in value) {
    return { ...value, Statement: Array.isArray(statements) ? statements.map(inside) : inside(statements) };
  }
  const conditions = isObject(value['Condition']) ? value['Condition'] : {};
  const equals = isObject(conditions['StringEquals']) ? conditions['StringEquals'] : {};
  const key = deferredText(`Condition ${condition}`);
  return { ...value, Condition: { ...conditions, StringEquals: { ...equals, [key]: String(wanted) } } };
}
