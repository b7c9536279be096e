import { partitions } from '@postern/core';
import { isObject, objectsIn, textOf, type Found, type FoundPolicy, type TemplatePlace } from './find.js';

type Json = Record<string, unknown>;

/** Where each type of resource keeps documents: one, or a list of named ones. */
const single: Readonly<Record<string, string>> = {
  'AWS::IAM::ManagedPolicy': 'PolicyDocument',
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::RolePolicy': 'PolicyDocument',
  'AWS::IAM::UserPolicy': 'PolicyDocument',
  'AWS::IAM::GroupPolicy': 'PolicyDocument',
  'AWS::SSO::PermissionSet': 'InlinePolicy',
};
const several = new Set(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group']);

/** Whether a value is a CloudFormation template. */
export function isTemplate(value: Json): boolean {
  return (
    isObject(value['Resources']) && Object.values(value['Resources']).every((item) => isObject(item) && 'Type' in item)
  );
}

/** The identity policies of a template, each by its logical id. */
export function findInTemplate(template: Json, place: TemplatePlace): Found {
  const values = new TemplateValues(template, place);
  const policies = Object.entries(template['Resources'] as Json).flatMap(([id, item]): FoundPolicy[] => {
    const { Type: type, Properties: properties } = item as Json;
    if (!isObject(properties)) return [];
    const property = single[textOf(type)];
    if (property !== undefined) {
      const document = values.resolve(properties[property], id);
      return isObject(document) ? [{ name: id, documents: [document] }] : [];
    }
    if (!several.has(textOf(type))) return [];
    const documents = objectsIn(properties['Policies']).flatMap(({ PolicyDocument }) => {
      const document = values.resolve(PolicyDocument, id);
      return isObject(document) ? [document] : [];
    });
    return documents.length === 0 ? [] : [{ name: id, documents }];
  });
  return { policies, notes: Array.from(values.notes) };
}

/** Works out intrinsic functions as far as a template alone can. */
class TemplateValues {
  readonly notes = new Set<string>();
  private readonly known: ReadonlyMap<string, unknown>;

  constructor(template: Json, { account, region, partition }: TemplatePlace) {
    const parameters = Object.entries(isObject(template['Parameters']) ? template['Parameters'] : {}).flatMap(
      ([name, parameter]): [string, unknown][] =>
        isObject(parameter) && 'Default' in parameter ? [[name, parameter['Default']]] : [],
    );
    this.known = new Map<string, unknown>([
      ...parameters,
      ['AWS::AccountId', account],
      ['AWS::Region', region],
      ['AWS::Partition', partition],
      ['AWS::URLSuffix', partitions[partition]?.dnsSuffix ?? 'amazonaws.com'],
    ]);
  }

  resolve(value: unknown, where: string): unknown {
    if (Array.isArray(value)) {
      return value
        .map((item) => this.resolve(item, where))
        .filter((item) => !(isObject(item) && item['Ref'] === 'AWS::NoValue'));
    }
    if (!isObject(value)) return value;
    const [name, argument] = Object.entries(value)[0] ?? ['', undefined];
    if (Object.keys(value).length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      return this.call(name, argument, where);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.resolve(inner, where)]));
  }

  private call(name: string, argument: unknown, where: string): unknown {
    switch (name) {
      case 'Ref':
        return argument === 'AWS::NoValue' ? { Ref: argument } : this.lookUp(textOf(argument), where);
      case 'Fn::GetAtt':
        return this.lookUp(Array.isArray(argument) ? argument.join('.') : textOf(argument), where);
      case 'Fn::Sub': {
        const [text, own] = Array.isArray(argument) ? (argument as [unknown, unknown]) : [argument, {}];
        return textOf(text).replace(/\$\{(!?)([^{}]*)\}/g, (_, escaped: string, key: string) => {
          if (escaped !== '') return `\${${key}}`;
          const local = isObject(own) && Object.hasOwn(own, key) ? this.resolve(own[key], where) : undefined;
          return String(local ?? this.lookUp(key.trim(), where));
        });
      }
      case 'Fn::Join': {
        const [separator, list] = Array.isArray(argument) ? (argument as [unknown, unknown]) : ['', []];
        const parts = this.resolve(list, where);
        return Array.isArray(parts) ? parts.join(textOf(separator)) : this.unknown(name, where);
      }
      default:
        return this.unknown(name, where);
    }
  }

  private lookUp(name: string, where: string): unknown {
    return this.known.get(name) ?? this.unknown(name, where);
  }

  /** An ARN that nothing else matches, so that what it may be is never taken for something else. */
  private unknown(name: string, where: string): string {
    this.notes.add(`${where}: \`${name}\` is known only after deployment, and is read as something of its own`);
    return `arn:aws:unknown:::${name}`;
  }
}
