import { documentOf, isObject, objectsIn, textOf, type Found, type FoundPolicy } from './find.js';

type Json = Record<string, unknown>;

const policyTypes = new Set(['aws_iam_policy', 'aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy']);

/** Whether a value is what `terraform show -json` prints, for a plan or for a state. */
export function isTerraformShow(value: Json): boolean {
  return 'format_version' in value && ('planned_values' in value || 'values' in value);
}

/** The policies that a plan will leave, or that a state holds; each by its address. */
export function findInTerraform(value: Json): Found {
  const notes: string[] = [];
  const policies: FoundPolicy[] = [];
  const visit = (module: Json): void => {
    for (const resource of objectsIn(module['resources'])) {
      if (!policyTypes.has(textOf(resource['type'])) || !isObject(resource['values'])) continue;
      const name = textOf(resource['address']);
      const document = documentOf(resource['values']['policy']);
      if (document === undefined) notes.push(`${name}: its policy is known only after apply`);
      else policies.push({ name, documents: [document] });
    }
    for (const child of objectsIn(module['child_modules'])) visit(child);
  };
  const values = value['planned_values'] ?? value['values'];
  if (isObject(values) && isObject(values['root_module'])) visit(values['root_module']);
  return { policies, notes };
}
