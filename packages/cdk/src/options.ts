import { hasForm, isResourceForm, kindOf, type Entry, type Option, type Problem } from '@postern/core';
import { Reference, Token, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { describe, readConstruct, revised } from './resource.js';
import { formOf, fragmentsOf, propertyOf, stemOf, writeOut } from './text.js';

/** Options as core takes them, and what is wrong with the constructs and tokens in them. */
export interface Converted {
  readonly options: Record<string, unknown>;
  readonly problems: readonly Problem[];
}

/** Replaces constructs and tokens by what is known of them: their ARN, their name, and which of them a text is. */
export function convert(useCase: Entry, given: Readonly<Record<string, unknown>>, scope: IConstruct): Converted {
  const problems: Problem[] = [];
  const options = Object.entries(given).map(([name, value]) => {
    const option = Object.hasOwn(useCase.options, name) ? useCase.options[name] : undefined;
    if (!hasForm(option)) return [name, value] as const;
    const say = (path: string, message: string) => {
      problems.push({ path, message });
      return { arn: undefined, name: option.form.example };
    };
    const types = isResourceForm(option.form) ? (option.form.types ?? []) : undefined;
    const read = (path: string, item: unknown) =>
      readItem(item, { types, title: option.form.title, scope, say: (message) => say(path, message) });
    return [name, readValue(name, option, value, read, say)] as const;
  });
  return { options: Object.fromEntries(options), problems };
}

function readValue(
  name: string,
  option: Option,
  value: unknown,
  read: (path: string, item: unknown) => unknown,
  say: (path: string, message: string) => unknown,
): unknown {
  if (!kindOf(option).several) return Array.isArray(value) ? value : read(name, value);
  const next =
    'and each of its items becomes part of the policy: give the items one by one, for example with `Fn.select`';
  if (Tokenization.isResolvable(value)) return [say(name, `the list is known only at deployment, ${next}`)];
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown, index) => {
    const path = `${name}[${index}]`;
    const list = typeof item === 'string' && !Token.isUnresolved(item) && Token.isUnresolved([item]);
    return list ? say(path, `is a list that is known only at deployment, ${next}`) : read(path, item);
  });
}

interface Expected {
  /** The types of a resource; undefined where the option takes a text. */
  readonly types: readonly string[] | undefined;
  readonly title: string;
  readonly scope: IConstruct;
  readonly say: (message: string) => unknown;
}

function readItem(value: unknown, asked: Expected): unknown {
  if (typeof value === 'string') return Token.isUnresolved(value) ? readText(value, asked) : value;
  if (typeof value === 'number' && Token.isUnresolved(value)) {
    return asked.say('is a number that is known only at deployment: write `Tokenization.stringifyNumber` around it');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (Tokenization.isResolvable(value)) return readText(Token.asString(value), asked);
  if (asked.types === undefined) return value;
  if (isReference(value)) return checkReference(value, asked);
  const reading = readConstruct(value, asked.types, asked.title);
  return 'problem' in reading ? asked.say(reading.problem) : reading.reference;
}

/** What a text in a resource of the first level names: a construct, an ARN or a name; undefined where nobody can say. */
export function readProperty(value: unknown, types: readonly string[], title: string, scope: IConstruct): unknown {
  if (typeof value !== 'string') return undefined;
  if (!Token.isUnresolved(value)) return value.includes('alias/') ? undefined : value;
  const [first, ...rest] = fragmentsOf(value);
  if (Reference.isReference(first) && rest.length === 0) {
    const type = (first.target as { cfnResourceType?: string }).cfnResourceType;
    if (type !== undefined && types.includes(type)) return first.target;
  }
  let refused = false;
  const say = () => {
    refused = true;
  };
  const read = readText(value, { types, title, scope, say });
  return refused || typeof read === 'string' ? undefined : read;
}

/** `{ arn }`, `{ name }` or both, as the user writes them. */
function isReference(value: object): value is { arn?: unknown; name?: unknown } {
  return Object.getPrototypeOf(value) === Object.prototype && ('arn' in value || 'name' in value);
}

function checkReference(value: { arn?: unknown; name?: unknown }, { scope, say }: Expected): unknown {
  if (typeof value.name === 'string' && isAddress(value.name)) return say(addressOf(value.name));
  const form = (text: unknown) => {
    const [first, ...rest] = typeof text === 'string' ? fragmentsOf(text) : [];
    return first === undefined || typeof first === 'string' || rest.length > 0 ? undefined : formOf(first, scope);
  };
  if (form(value.name) === 'arn') return say('`name` is the ARN of a resource: write it as `{ arn: … }`');
  if (form(value.arn) === 'other') return say('`arn` is the name of a resource: write it as `{ name: … }`');
  return value;
}

/** `repository.repositoryUri` and its like: a name has no host of a registry before it. */
function isAddress(text: string): boolean {
  const known = fragmentsOf(text).map((piece) => (typeof piece === 'string' ? piece : ''));
  return known.length > 1 && /[.]dkr[.-]ecr/.test(known.join(''));
}

function addressOf(text: string): string {
  return `\`${text}\` is the address of an image: give the repository itself, or its name`;
}

/** A text with tokens: the reference to a resource where one is behind it, else the text and whether it is an ARN. */
function readText(given: string, asked: Expected): unknown {
  const { types, scope, say, title } = asked;
  const text = writeOut(given, scope);
  const fragments = fragmentsOf(text);
  const [first, ...rest] = fragments;
  const arns = fragments.filter((piece) => typeof piece !== 'string' && formOf(piece, scope) === 'arn');
  if (types !== undefined && isAddress(text)) return say(addressOf(text));
  if (types === undefined) {
    return arns.length === 0 ? text : say(`\`${text}\` holds an ARN, and ${title} is a text: give the name`);
  }
  if (first === undefined || typeof first === 'string') {
    return arns.length === 0 ? text : say(`\`${text}\` holds an ARN inside other text: give the ARN alone, or a name`);
  }
  if (rest.length > 0) {
    if (arns.length > 0) return say(`\`${text}\` adds text to an ARN: give the ARN of the resource alone`);
    return formOf(first, scope) === 'other' ? { name: text } : text;
  }
  if (Reference.isReference(first)) return readAttribute(first, text, asked);
  const form = formOf(first, scope);
  return form === 'arn' ? { arn: text } : form === 'other' ? { name: text } : text;
}

/** An attribute of a resource, such as `role.roleArn`: the same as the resource itself. */
function readAttribute(reference: Reference, text: string, asked: Expected): unknown {
  const { target, displayName } = reference;
  const { scope, say, title } = asked;
  const types = asked.types ?? [];
  const type = (target as { cfnResourceType?: string }).cfnResourceType;
  const form = formOf(reference, scope);
  if (type === undefined || /^(Custom|AWS::CloudFormation|AWS::SSM|AWS::SecretsManager)::/.test(type)) {
    return form === 'arn' ? { arn: text } : form === 'other' ? { name: text } : text;
  }
  const what = `the attribute \`${displayName}\` of ${describe(target)}, an \`${type}\``;
  if (!types.includes(type)) {
    return say(
      `\`${text}\` is ${what}: give ${title}, or write \`{ arn: … }\` or \`{ name: … }\` around it if it is one`,
    );
  }
  const property = propertyOf(target, displayName, stemOf(type));
  const name = property ?? (displayName === 'Name' ? `${stemOf(type)}Name` : undefined);
  if (name === undefined)
    return say(`\`${text}\` is ${what}, and neither its name nor its ARN: give the construct itself`);
  const reading = readConstruct(target, types, title);
  if ('problem' in reading) {
    // A resource made of a type alone, as `new CfnResource`, says nothing but what is asked of it.
    return form === 'arn' && !revised.has(type) ? { arn: text } : say(reading.problem);
  }
  const { arn, ...others } = reading.reference;
  return name.endsWith('Arn') && arn !== undefined ? { arn: text, ...others } : reading.reference;
}
