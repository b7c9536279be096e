import { trustOf, type FoundPolicies, type FoundPolicy, type Holder } from './found.js';
import { documentAt, isObject, objectsIn, textOf } from './json-values.js';

type Json = Record<string, unknown>;

/** Where each type of resource keeps its document, and what AWS keeps it in. */
const policyTypes: ReadonlyMap<string, readonly [property: string, holder: Holder]> = new Map([
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
  const trust: FoundPolicy[] = [];
  const visit = (module: Json): void => {
    for (const resource of objectsIn(module['resources'])) {
      const [type, name, own] = [textOf(resource['type']), textOf(resource['address']), resource['values']];
      if (!isObject(own)) continue;
      const kept = policyTypes.get(type);
      const assumed = own['assume_role_policy'];
      if (type === 'aws_iam_role' && typeof assumed === 'string' && assumed !== '') {
        trust.push(...trustOf(name, [documentAt(assumed)], own['max_session_duration']));
      }
      // A role's own blocks; one without a policy stands for none.
      const inline = type === 'aws_iam_role' ? objectsIn(own['inline_policy']) : [];
      const texts = kept === undefined ? inline.map(({ policy }) => policy) : [own[kept[0]]];
      const known = texts.filter((text) => text !== undefined && text !== null && text !== '');
      if (kept !== undefined && known.length === 0) notes.push(`${name}: its policy is known only after apply`);
      const holder = kept?.[1] ?? 'role';
      if (known.length > 0) policies.push({ name, documents: known.map(documentAt), holders: known.map(() => holder) });
      if (type === 'aws_iam_role' && known.length > 0) {
        notes.push(`${name}: only its \`inline_policy\` blocks are looked at, not what is attached to it`);
      }
    }
    for (const child of objectsIn(module['child_modules'])) visit(child);
  };
  const values = value['planned_values'] ?? value['values'];
  if (isObject(values) && isObject(values['root_module'])) visit(values['root_module']);
  return { policies, trust, notes };
}
