import { compare, type PolicyDocument, type Statement } from '@postern/core';
import { onlyAction } from './only-action.js';
import type { RuleInput } from './rule.js';

/**
 * Whether a statement still allows an action on a resource that nobody named, after all that the identity's Deny statements
 * take away.
 * @param form the ARN form of the resource, such as `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`
 */
export function isLeft(
  statement: Statement,
  action: string,
  form: string,
  { document, documents }: Pick<RuleInput, 'document' | 'documents'>,
): boolean {
  const denies = documents.map(
    (one): PolicyDocument => ({
      ...one,
      Statement: one.Statement.filter(({ Effect }) => Effect === 'Deny'),
    }),
  );
  const elsewhere: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ['*'],
        NotResource: (statement.Resource ?? ['*']).map((resource) => unnamed(form, resource)),
      },
    ],
  };
  const all = [{ ...document, Statement: [statement] }, ...denies.filter((one) => one.Statement.length > 0)];
  return compare([], [...all, onlyAction(action), elsewhere]).gained !== null;
}

/** An ARN of the form that nobody named, in the partition, region and account of a resource, as far as that says them. */
function unnamed(form: string, resource: string): string {
  const said = resource.split(':');
  const example = ['arn', 'aws', '', 'us-east-1', '123456789012'];
  return form
    .split(':')
    .map((part, index) => {
      if (index < 5 && part.startsWith('${')) return /^[\w-]+$/.test(said[index] ?? '') ? said[index] : example[index];
      return part.replace(/\$\{[^}]*\}/, 'any-that-nobody-named');
    })
    .join(':');
}
