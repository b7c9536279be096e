import { findInAccount } from './account-details.js';
import { findInTemplate, isTemplate } from './cloudformation/template.js';
import { trustOf, type FoundPolicies, type PolicyHolder, type TemplatePlace } from './found.js';
import { documentOf, isObject } from './json-values.js';
import { findInTerraform, isTerraformShow } from './terraform-show.js';

/**
 * Finds the identity policies in a value: a policy document, a list of them, what the AWS CLI prints (`get-policy-version`,
 * `get-role-policy`, `get-account-authorization-details`), a CloudFormation template, or what `terraform show -json` prints.
 * @returns undefined where it is none of these
 */
export function findPolicies(value: unknown, place: TemplatePlace): FoundPolicies | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0) return { policies: [], notes: [] };
    const documents = value.map(documentOf);
    return documents.every((document) => document !== undefined) ? alone('', documents as object[]) : undefined;
  }
  if (!isObject(value)) return undefined;
  if ('Statement' in value) return alone('', [value]);
  const version = value['PolicyVersion'];
  if (isObject(version)) {
    const document = documentOf(version['Document']);
    return document && alone('', [document], 'saved');
  }
  if ('PolicyDocument' in value) {
    const document = documentOf(value['PolicyDocument']);
    // With the name of its identity it is what AWS answered.
    const isSaved = ['RoleName', 'UserName', 'GroupName'].some((key) => key in value);
    return document && alone('', [document], isSaved ? 'saved' : undefined);
  }
  const role = isObject(value['Role']) ? value['Role'] : value;
  if ('AssumeRolePolicyDocument' in role) {
    const document = documentOf(role['AssumeRolePolicyDocument']);
    return (
      document && {
        policies: [],
        trust: trustOf('', [document], { maxSessionDuration: role['MaxSessionDuration'] }),
        notes: [],
      }
    );
  }
  if (['RoleDetailList', 'UserDetailList', 'GroupDetailList'].some((key) => Array.isArray(value[key]))) {
    return findInAccount(value);
  }
  if (isTemplate(value)) return findInTemplate(value, place);
  if (isTerraformShow(value)) return findInTerraform(value);
  return undefined;
}

function alone(name: string, documents: readonly object[], holder?: PolicyHolder): FoundPolicies {
  return { policies: [{ name, documents, ...(holder && { holders: documents.map(() => holder) }) }], notes: [] };
}
