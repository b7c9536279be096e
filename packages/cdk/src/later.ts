import { withoutRepeats, type PolicyDocument } from '@postern/core';
import { PolicyDocument as CdkPolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Lazy, Stack, type IResolvable } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** The statements that others add to a policy; those of the use case stand before them. */
export class LaterStatements extends CdkPolicyDocument {
  constructor(private readonly first: PolicyDocument) {
    super();
  }

  /** All statements, for the report that CDK writes where roles and policies are made by somebody else. */
  override toJSON(): unknown {
    const later = super.toJSON() as { Statement?: readonly unknown[] } | undefined;
    return { ...this.first, Statement: [...this.first.Statement, ...(later?.Statement ?? [])] };
  }

  /** The policy is never empty, though nobody has added anything. */
  override get isEmpty(): boolean {
    return false;
  }
}

/**
 * What stands in the template: the document as core made it, and then what was added to it later. Tokens that core could not
 * tell to be the same are known by now.
 */
export function withLater(document: PolicyDocument, later: CdkPolicyDocument): IResolvable {
  return Lazy.uncachedAny({
    produce: (context) => {
      const own = withoutRepeats(context.resolve(document) as PolicyDocument);
      if (later.statementCount === 0) return own;
      const { Statement } = context.resolve(later) as { Statement: readonly unknown[] };
      return { ...own, Statement: [...own.Statement, ...Statement] };
    },
  });
}

/** What is wrong with the statements that were added: a Sid that is there already, a document over its quota. */
export function checkLater(
  scope: IConstruct,
  document: PolicyDocument,
  later: LaterStatements,
  quota: { readonly title: string; readonly characters: number },
): string[] {
  if (later.statementCount === 0) return [];
  const { Statement } = Stack.of(scope).resolve(later) as { Statement: readonly { Sid?: string }[] };
  const sids = new Set(document.Statement.map(({ Sid }) => Sid));
  const twice = Statement.flatMap(({ Sid }) => (Sid !== undefined && sids.has(Sid) ? [Sid] : []));
  const least = leastLength({ ...document, Statement: [...document.Statement, ...Statement] });
  return [
    ...twice.map((sid) => `an added statement has the Sid \`${sid}\`, which is there already: give it another`),
    ...(least > quota.characters
      ? [
          `with the added statements the document has ${least} characters, and ${quota.title} at most ${quota.characters}: put them into a policy of their own`,
        ]
      : []),
  ];
}

/** How many characters the JSON of a value has at least: what is known only at deployment counts as nothing. */
function leastLength(value: unknown): number {
  if (typeof value === 'string') return JSON.stringify(value.replace(/\$\{Token\[[^\]]*\]\}/g, '')).length;
  if (Array.isArray(value)) return 2 + Math.max(0, value.length - 1) + sum(value.map(leastLength));
  if (typeof value !== 'object' || value === null) return String(value).length;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (entries.length === 1 && name === 'Fn::Join' && Array.isArray(argument)) {
    const parts = argument[1] as unknown[];
    return 2 + sum(parts.map((part) => (typeof part === 'string' ? part.length : 0)));
  }
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return 2;
  return 1 + sum(entries.map(([key, item]) => key.length + 4 + leastLength(item)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
