import { expressionsIn, isDeferred } from '../deferred.js';
import {
  trustOf,
  type FoundPolicies,
  type FoundDocument,
  type FoundPolicy,
  type PolicyHolder,
  type TemplatePlace,
} from '../found.js';
import { documentAt, isObject, objectsIn, textOf } from '../json-values.js';
import { findOfResources } from './resource-policies.js';
import { TemplateValues, underCondition } from './values.js';

type Json = Record<string, unknown>;

/** Where each type of resource keeps a document, and the properties that name the identities it is attached to. */
const attachable: Readonly<Record<string, { document: string; to: readonly string[]; holder?: PolicyHolder }>> = {
  'AWS::IAM::ManagedPolicy': { document: 'PolicyDocument', to: ['Roles', 'Users', 'Groups'], holder: 'managed' },
  'AWS::IAM::Policy': { document: 'PolicyDocument', to: ['Roles', 'Users', 'Groups'] },
  'AWS::IAM::RolePolicy': { document: 'PolicyDocument', to: ['RoleName'], holder: 'role' },
  'AWS::IAM::UserPolicy': { document: 'PolicyDocument', to: ['UserName'], holder: 'user' },
  'AWS::IAM::GroupPolicy': { document: 'PolicyDocument', to: ['GroupName'], holder: 'group' },
  'AWS::SSO::PermissionSet': { document: 'InlinePolicy', to: [], holder: 'permission set' },
};

/** What an inline policy for several identities must fit into: the smallest first. */
const smallestFirst = [
  ['Users', 'user'],
  ['Groups', 'group'],
  ['Roles', 'role'],
] as const;

/** The identities, and the lists that a policy names them in. */
const identities: Readonly<Record<string, { kind: 'role' | 'user' | 'group'; lists: readonly string[] }>> = {
  'AWS::IAM::Role': { kind: 'role', lists: ['Roles', 'RoleName'] },
  'AWS::IAM::User': { kind: 'user', lists: ['Users', 'UserName'] },
  'AWS::IAM::Group': { kind: 'group', lists: ['Groups', 'GroupName'] },
};

/** What a resource stands for that may hold policies and is not looked at; undefined where there is no such thing. */
function whatIsUnread(type: string): string | undefined {
  if (['AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet', 'AWS::Serverless::Application'].includes(type)) {
    return 'it has a template of its own, which is not looked at: give that by itself';
  }
  if (['AWS::Serverless::Function', 'AWS::Serverless::StateMachine', 'AWS::Serverless::Connector'].includes(type)) {
    return `the role and the policies that SAM makes of \`${type}\` are not looked at: give the processed template`;
  }
  return type.endsWith('::MODULE') ? 'what the module makes is not looked at: give the processed template' : undefined;
}

/** Whether a value is a CloudFormation template. */
export function isTemplate(value: Json): boolean {
  return (
    isObject(value['Resources']) &&
    Object.entries(value['Resources']).every(([id, item]) => isLoop(id) || (isObject(item) && 'Type' in item))
  );
}

/** Resources that a transform makes on deployment stand under a function. */
function isLoop(id: string): boolean {
  return id.startsWith('Fn::');
}

interface Attachable extends FoundPolicy {
  readonly documents: FoundDocument[];
  readonly isManaged: boolean;
  readonly arn: unknown;
  /** By the property that names them. */
  readonly attachedTo: ReadonlyMap<string, readonly unknown[]>;
}

/** The identity policies of a template, each by its logical id; an identity has all that are attached to it. */
export function findInTemplate(template: Json, place: TemplatePlace): FoundPolicies {
  const values = new TemplateValues(template, place);
  // What only tells which policy belongs to which identity is no part of a policy: nothing is noted about it.
  const names = new TemplateValues(template, place);
  const resources = Object.entries(template['Resources'] as Json).flatMap(([id, item]) => {
    if (isLoop(id)) {
      values.notes.add(`\`${id}\` is worked out only on deployment, so it is not looked at`);
      return [];
    }
    const resource = item as Json;
    const unread = whatIsUnread(textOf(resource['Type']));
    if (unread !== undefined) values.notes.add(`\`${id}\`: ${unread}`);
    const properties = isObject(resource['Properties']) ? resource['Properties'] : {};
    const condition = textOf(resource['Condition']);
    const holds = condition === '' ? true : values.condition(condition);
    if (holds === false) return [];
    const aliases = aliasesOf(resource);
    return [
      { id, type: textOf(resource['Type']), properties, aliases, condition: holds === undefined ? condition : '' },
    ];
  });
  const read = (value: unknown, id: string, condition: string): FoundDocument[] =>
    values.resolveList(value).flatMap((document) => {
      if (isObject(document)) return [condition === '' ? document : underCondition(document, condition, true)];
      if (typeof document !== 'string' || !isDeferred(document)) return [documentAt(document)];
      values.notes.add(`${id}: its policy is known only after deployment`);
      return [];
    });
  const policies = resources.flatMap(({ id, type, properties, aliases, condition }): Attachable[] => {
    const kind = Object.hasOwn(attachable, type) ? attachable[type] : undefined;
    if (kind === undefined) return [];
    const documents = read(properties[kind.document], id, condition);
    if (documents.length === 0) return [];
    const attachedTo = new Map(
      kind.to.map((name) => {
        const found = names.resolve(properties[name]);
        return [name, Array.isArray(found) ? (found as unknown[]) : [found]] as const;
      }),
    );
    const holder = kind.holder ?? smallestFirst.find(([list]) => properties[list] !== undefined)?.[1];
    const holders = holder && documents.map(() => holder);
    const isManaged = holder === 'managed';
    const arn = names.resolve({ Ref: id });
    return [{ name: id, aliases, documents, ...(holders && { holders }), isManaged, arn, attachedTo }];
  });
  const taken = new Set<Attachable>();
  const open = new Set<string>();
  const wholes = resources.flatMap(({ id, type, properties, aliases, condition }): FoundPolicy[] => {
    const identity = Object.hasOwn(identities, type) ? identities[type] : undefined;
    if (identity === undefined) return [];
    const inline = values.resolveList(properties['Policies'] ?? []);
    if (!inline.every(isObject)) {
      values.notes.add(`${id}: its policies are known only after deployment`);
      open.add(id);
    }
    const inlineDocuments = objectsIn(inline).flatMap(({ PolicyName, PolicyDocument }) =>
      read(PolicyDocument, id, condition).map((document) => ({ document, name: textOf(PolicyName) || id })),
    );
    const own = inlineDocuments.map(({ document }) => document);
    const name = names.resolve({ Ref: id });
    const arns = names.resolve(properties['ManagedPolicyArns']);
    const attached = policies.filter(
      ({ arn, attachedTo }) =>
        identity.lists.some((list) => attachedTo.get(list)?.includes(name)) ||
        (Array.isArray(arns) && arns.includes(arn)),
    );
    const elsewhere = attachedElsewhere(arns, policies);
    for (const arn of elsewhere) {
      values.notes.add(`${id}: \`${arn}\` is attached and not in the template, so it is not looked at`);
    }
    if (properties['PermissionsBoundary'] !== undefined) {
      values.notes.add(`${id}: its permissions boundary is not looked at`);
    }
    const documents = [...own, ...attached.flatMap((policy) => policy.documents)];
    const holders = [
      ...own.map(() => identity.kind),
      ...attached.flatMap((policy) => policy.documents.map(() => (policy.isManaged ? 'managed' : identity.kind))),
    ];
    if (documents.length + elsewhere.length === 0) return [];
    for (const policy of attached) taken.add(policy);
    const documentNames = [
      ...inlineDocuments.map((one) => one.name),
      ...attached.flatMap((policy) => policy.documents.map(() => policy.name)),
    ];
    const physical = [
      `${identity.kind}/${String(name)}`,
      String(name),
      String(names.resolve({ 'Fn::GetAtt': [id, 'Arn'] })),
    ];
    const whole = {
      name: id,
      aliases: [...aliases, ...physical, `${identity.kind}/${id}`],
      documents,
      documentNames,
      holders,
      elsewhere,
    };
    return [attached.length === 0 ? whole : { ...whole, own }];
  });
  const alone = policies.map((policy): FoundPolicy => {
    const { name, aliases, documents, holders } = policy;
    return {
      name,
      aliases: aliases ?? [],
      documents,
      ...(holders && { holders }),
      ...(taken.has(policy) && { isPart: true }),
    };
  });
  const trust = resources.flatMap(({ id, type, properties, aliases }) => {
    const assumed = properties['AssumeRolePolicyDocument'];
    if (type !== 'AWS::IAM::Role' || assumed === undefined) return [];
    const whole = wholes.find(({ name }) => name === id);
    return trustOf(id, names.resolveList(assumed).filter(isObject), {
      maxSessionDuration: names.resolve(properties['MaxSessionDuration']),
      aliases: whole?.aliases ?? aliases,
      ...(whole && {
        permissions: {
          documents: whole.documents,
          elsewhere: whole.elsewhere ?? [],
          ...(open.has(id) && { isOpen: true as const }),
        },
      }),
    });
  });
  const resource = resources.flatMap(({ id, type, properties, aliases }) =>
    findOfResources(type, properties, names).map(
      (one): FoundPolicy => ({ name: id, aliases, type: 'resource', ...one }),
    ),
  );
  const found = [...wholes, ...alone];
  for (const { name, documents } of found) {
    for (const expression of expressionsIn(documents)) {
      values.notes.add(`${name}: \`${expression}\` is known only after deployment`);
    }
  }
  return { policies: found, trust, resource, notes: Array.from(values.notes), parameters: values.parameters };
}

/** The policies of a list of ARNs that the template does not have; one text where the list is known only after deployment. */
function attachedElsewhere(arns: unknown, policies: readonly Attachable[]): string[] {
  if (arns === undefined) return [];
  const list: readonly unknown[] = Array.isArray(arns) ? arns : [arns];
  return list.filter((arn) => !policies.some((policy) => policy.arn === arn)).map(String);
}

/** The path that CDK writes beside a resource: what its author calls it. */
function aliasesOf(resource: Json): string[] {
  const path = isObject(resource['Metadata']) ? textOf(resource['Metadata']['aws:cdk:path']) : '';
  return path === '' ? [] : [path, path.replace(/\/(Resource|Default)$/, '')];
}
