import {
  hasForm,
  isLeftOut,
  isResourceForm,
  kindOf,
  type Entry,
  type FormOption,
  type Option,
  type Problem,
} from '@postern/core';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { readProperty } from './options.js';
import { attempt, describe, readConstruct } from './resource.js';
import { writtenIn } from './written.js';

/** By type, and by the type that is asked for: the properties in which a construct holds such constructs. */
const properties: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'AWS::S3::Bucket': { 'AWS::KMS::Key': ['encryptionKey'] },
  'AWS::DynamoDB::Table': { 'AWS::KMS::Key': ['encryptionKey'] },
  'AWS::ECS::Service': { 'AWS::ECS::Cluster': ['cluster'], 'AWS::ECS::TaskDefinition': ['taskDefinition'] },
  'AWS::ECS::TaskDefinition': { 'AWS::IAM::Role': ['taskRole', 'executionRole'] },
  'AWS::CodeDeploy::DeploymentGroup': {
    'AWS::CodeDeploy::Application': ['application'],
    'AWS::CodeDeploy::DeploymentConfig': ['deploymentConfig'],
  },
};

/** Options filled up with what their constructs know, and what a user should hear about it. */
export interface Filled {
  readonly options: Record<string, unknown>;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
}

/** Fills options that are not given from the constructs of the options they belong to; null keeps one out. */
export function fill(useCase: Entry, given: Readonly<Record<string, unknown>>, scope: IConstruct): Filled {
  const options: Record<string, unknown> = { ...given };
  const [notes, warnings, problems]: [string[], string[], Problem[]] = [[], [], []];
  const unread = new Set<string>();
  const names = Object.keys(useCase.options);
  // An option may be filled from one that was filled itself, as roles from the definition of a service.
  for (let round = 0; round < names.length; round += 1) {
    let changed = false;
    for (const name of names) {
      const option = useCase.options[name];
      if (!hasForm(option) || option.of === undefined) continue;
      if (options[name] !== undefined || isLeftOut(option, options['scope'])) continue;
      const { found, missing, unclear } = search(useCase, option, option.of, options, scope);
      for (const what of unclear) unread.add(`${what}, in a form that cannot be read: give \`${name}\``);
      if (found.length === 0) continue;
      const kind = kindOf(option);
      if (!kind.several && found.length > 1) {
        const several = found.map(describe).join(', ');
        problems.push({
          path: name,
          message: `missing, and \`${option.of}\` belong to several, ${several}: make a policy for each, or give one`,
        });
        options[name] = null;
        continue;
      }
      options[name] = kind.ofItems(found);
      notes.push(`\`${name}\` is taken from \`${option.of}\`: ${found.map(describe).join(', ')}`);
      notes.push(...missing.map((what) => `${what} so far: make the policy after it, or give \`${name}\``));
      changed = true;
    }
    if (!changed) break;
  }
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(useCase.options, name) ? useCase.options[name] : undefined;
    if (!hasForm(option) || kindOf(option).several || option.of === undefined || value === null || value === undefined)
      continue;
    const { found } = search(useCase, option, option.of, options, scope);
    for (const other of found) {
      if (typeof other === 'object' && other !== null && differs(option, value, other)) {
        warnings.push(`\`${option.of}\` belongs to ${describe(other)}, and \`${name}\` is another: is that meant?`);
      }
    }
  }
  return { options, notes: [...notes, ...unread], warnings, problems };
}

/** The constructs of an option's kind that the constructs of another option hold. */
function search(
  useCase: Entry,
  option: Option & FormOption,
  of: string,
  options: Readonly<Record<string, unknown>>,
  scope: IConstruct,
): { found: unknown[]; missing: string[]; unclear: string[] } {
  const owner = useCase.options[of];
  const found = new Set<unknown>();
  const [missing, unclear]: [string[], string[]] = [[], []];
  if (!hasForm(owner)) return { found: [], missing, unclear };
  const wanted = typesOf(option);
  const holders = [options[of]].flat().filter((value): value is object => typeof value === 'object' && value !== null);
  for (const holder of holders) {
    const written = writtenIn(holder, wanted);
    for (const { property, value } of written ?? []) {
      const read = readProperty(value, wanted, option.form.title, scope);
      if (read === undefined) unclear.push(`${describe(holder)} has \`${property}\``);
      else found.add(read);
    }
    if (written !== undefined) continue;
    const held = typesOf(owner).flatMap((type) => wanted.flatMap((one) => properties[type]?.[one] ?? []));
    for (const property of held) {
      const value = attempt(() => (holder as Record<string, unknown>)[property]);
      const readable = typeof value === 'object' && value !== null;
      if (!readable) missing.push(`${describe(holder)} has no \`${property}\``);
      else if ('reference' in readConstruct(value, wanted, option.form.title)) found.add(value);
      else unclear.push(`${describe(holder)} has \`${property}\``);
    }
  }
  return { found: [...found], missing: kindOf(option).several ? missing : [], unclear };
}

function typesOf({ form }: FormOption): readonly string[] {
  return isResourceForm(form) ? (form.types ?? []) : [];
}

/** Whether two values are known to be different resources. */
function differs(option: Option & FormOption, value: unknown, other: object): boolean {
  if (value === other) return false;
  const types = typesOf(option);
  const reading = readConstruct(other, types, option.form.title);
  const { arn, name } = 'reference' in reading ? reading.reference : {};
  if (typeof value === 'string') {
    const text = value.startsWith('arn:') ? arn : name;
    return text !== undefined && text !== value && !Token.isUnresolved(value) && !Token.isUnresolved(text);
  }
  if (typeof value !== 'object' || value === null) return false;
  const own = readConstruct(value, types, option.form.title);
  if (!('reference' in own)) return false;
  const same = (one: string | undefined, two: string | undefined) => one !== undefined && one === two;
  return !same(own.reference.arn, arn) && !same(own.reference.name, name);
}
