import { trustOf, type FoundPolicies, type FoundDocument, type FoundPolicy, type PolicyHolder } from './found.js';
import type { RolePermissions } from './found.js';
import { documentAt, objectsIn, textOf } from './json-values.js';
import { statementOfPermission, terraformHolders } from './resource-holders.js';
import { References, resourcesIn, withoutIndices, type PlannedResource } from './terraform-roles.js';

type Json = Record<string, unknown>;

/** Where each type of resource keeps its document, and what AWS keeps it in. */
const policyTypes: ReadonlyMap<string, readonly [property: string, holder: PolicyHolder]> = new Map([
  ['aws_iam_policy', ['policy', 'managed']],
  ['aws_iam_role_policy', ['policy', 'role']],
  ['aws_iam_user_policy', ['policy', 'user']],
  ['aws_iam_group_policy', ['policy', 'group']],
  ['aws_ssoadmin_permission_set_inline_policy', ['inline_policy', 'permission set']],
]);

/** Whether a value is what `terraform show -json` prints, for a plan or for a state. */
export function isTerraformShow(value: Json): boolean {
  return 'format_version' in value && ('planned_values' in value || 'values' in value);
}

/** The policies that a plan will leave, or that a state holds; each by its address. */
export function findInTerraform(value: Json): FoundPolicies {
  const notes: string[] = [];
  const policies: FoundPolicy[] = [];
  const resource: FoundPolicy[] = [];
  const resources = resourcesIn(value);
  for (const { type, address: name, values } of resources) {
    const kept = policyTypes.get(type);
    // A role's own blocks; one without a policy stands for none.
    const inline = type === 'aws_iam_role' ? objectsIn(values['inline_policy']) : [];
    const texts = kept === undefined ? inline.map(({ policy }) => policy) : [values[kept[0]]];
    const known = texts.filter(isGiven);
    if (kept !== undefined && known.length === 0) notes.push(`${name}: its policy is known only after apply`);
    const holder = kept?.[1] ?? 'role';
    if (known.length > 0) policies.push({ name, documents: known.map(documentAt), holders: known.map(() => holder) });
    if (type === 'aws_iam_role' && known.length > 0) {
      notes.push(`${name}: only its \`inline_policy\` blocks are looked at, not what is attached to it`);
    }
    resource.push(...ofResource(type, name, values));
  }
  return { policies, trust: trustsIn(value, resources), resource, notes };
}

function isGiven(text: unknown): boolean {
  return text !== undefined && text !== null && text !== '';
}

/** The policy of who may use a resource. */
function ofResource(type: string, name: string, values: Json): FoundPolicy[] {
  const property = terraformHolders.get(type);
  if (property !== undefined && isGiven(values[property])) {
    return [{ name, documents: [documentAt(values[property])], type: 'resource' }];
  }
  if (type !== 'aws_lambda_permission') return [];
  const statement = statementOfPermission({
    function: '*',
    action: values['action'],
    principal: values['principal'],
    sourceArn: values['source_arn'],
    sourceAccount: values['source_account'],
    organization: values['principal_org_id'],
    urlAuthType: values['function_url_auth_type'],
  });
  return [{ name, documents: [{ Version: '2012-10-17', Statement: [statement] }], type: 'resource', isMade: true }];
}

/** What attaches something to a role, and the argument that names it. */
const attaching: Readonly<Record<string, string>> = {
  aws_iam_role_policy: 'role',
  aws_iam_role_policy_attachment: 'role',
  aws_iam_policy_attachment: 'roles',
};

/** The trust policies of the roles, each with what the plan attaches to it. */
function trustsIn(show: Json, resources: readonly PlannedResource[]): FoundPolicy[] {
  const references = new References(show);
  const roles = resources.filter(({ type }) => type === 'aws_iam_role');
  const managed = resources.filter(({ type }) => type === 'aws_iam_policy');
  const isOf = (role: PlannedResource, one: PlannedResource, argument: string): boolean => {
    const said = one.values[argument];
    const named = Array.isArray(said) ? (said as unknown[]) : [said];
    const name = role.values['name'];
    if (named.some((text) => typeof text === 'string')) return typeof name === 'string' && named.includes(name);
    if (!references.of(one, argument).has(withoutIndices(role.address))) return false;
    // Of several alike, the one that has the same key; where none has, all of them.
    const alike = roles.filter(({ address }) => withoutIndices(address) === withoutIndices(role.address));
    const sameKey = alike.filter(({ address }) => keysOf(address) === keysOf(one.address));
    return sameKey.length === 0 || sameKey.includes(role);
  };
  // Where nobody knows which role something is attached to, no role is known whole.
  const isAdrift = resources.some((one) => {
    const argument = Object.hasOwn(attaching, one.type) ? attaching[one.type] : undefined;
    if (argument === undefined) return false;
    const said = [one.values[argument]].flat();
    return !said.some((text) => typeof text === 'string') && !roles.some((role) => isOf(role, one, argument));
  });
  const permissionsOf = (role: PlannedResource): RolePermissions | undefined => {
    const documents: FoundDocument[] = objectsIn(role.values['inline_policy'])
      .map(({ policy }) => policy)
      .filter(isGiven)
      .map(documentAt);
    const elsewhere = new Set<string>();
    let isOpen = isAdrift;
    const attach = (one: PlannedResource, argument: string): void => {
      const said = one.values[argument];
      const behind = references.of(one, argument);
      const policy = managed.find(({ address, values }) =>
        typeof said === 'string' ? values['arn'] === said : behind.has(withoutIndices(address)),
      );
      const text = policy?.values['policy'];
      if (isGiven(text)) documents.push(documentAt(text));
      else if (policy === undefined && typeof said === 'string') elsewhere.add(said);
      else isOpen = true;
    };
    for (const one of resources) {
      if (one.type === 'aws_iam_role_policy' && isOf(role, one, 'role')) {
        if (isGiven(one.values['policy'])) documents.push(documentAt(one.values['policy']));
        else isOpen = true;
      }
      if (one.type === 'aws_iam_role_policy_attachment' && isOf(role, one, 'role')) attach(one, 'policy_arn');
      if (one.type === 'aws_iam_policy_attachment' && isOf(role, one, 'roles')) attach(one, 'policy_arn');
    }
    const arns = role.values['managed_policy_arns'];
    for (const arn of Array.isArray(arns) ? (arns as unknown[]) : []) {
      const policy = managed.find(({ values }) => values['arn'] === arn);
      if (policy === undefined) elsewhere.add(textOf(arn));
      else if (isGiven(policy.values['policy']) && !documents.some((one) => one === policy.values['policy'])) {
        documents.push(documentAt(policy.values['policy']));
      }
    }
    if (documents.length + elsewhere.size === 0) return undefined;
    return { documents, elsewhere: [...elsewhere], ...(isOpen && { isOpen: true }) };
  };
  return roles.flatMap((role) => {
    const assumed = role.values['assume_role_policy'];
    if (typeof assumed !== 'string' || assumed === '') return [];
    const permissions = permissionsOf(role);
    const [name, arn] = [textOf(role.values['name']), textOf(role.values['arn'])];
    return trustOf(role.address, [documentAt(assumed)], {
      maxSessionDuration: role.values['max_session_duration'],
      aliases: [arn, name].filter((alias) => alias !== ''),
      ...(permissions && { permissions }),
    });
  });
}

/** The indices of an address, in their order. */
function keysOf(address: string): string {
  return Array.from(address.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]/g), (match) => match[1]).join();
}
