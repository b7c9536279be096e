import { combine } from '../access/combine.js';
import { compare } from '../access/compare/compare.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import { quotas, size } from '../document/size.js';
import { OptionsError, tryBuild } from './build.js';
import { spellOption, type Host } from './resolve.js';
import type { OptionsOf, UseCase } from './use-case.js';

/** The managed policy that the boundary becomes, which it must not let anyone change. */
export interface BoundaryPolicy {
  /** Its name; the use case and `-boundary` by default. */
  readonly name?: string;
  /** Its path; `/` by default. */
  readonly path?: string;
}

/**
 * Builds a permissions boundary for a use case: the most that an identity with this job may ever be given. It contains
 * the policy of the same options, which is checked with {@link compare}, and it denies changing itself: editing or
 * replacing the boundary policy, and putting another one in its place or taking it away from any identity.
 * @throws {OptionsError} with every problem in the options, or where the boundary is larger than a managed policy may be
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundary<U extends UseCase>(
  useCase: U,
  options: OptionsOf<U>,
  policy: BoundaryPolicy = {},
  host: Host = {},
): PolicyDocument {
  const { document, problems, resolved } = tryBuild(useCase, options, host);
  if (problems.length > 0) throw new OptionsError(useCase.id, problems);
  const { partition, account = '*' } = resolved.place;
  if (partition === undefined) {
    const message = `missing, and the boundary's own ARN needs it: for example ${spellOption(host, 'region', 'eu-west-1')}`;
    throw new OptionsError(useCase.id, [{ path: 'region', message }]);
  }
  const arn = `arn:${partition}:iam::${account}:policy${policy.path ?? '/'}${policy.name ?? `${useCase.id}-boundary`}`;
  const whole = { ...document, Statement: [...document.Statement, ...denials(arn)] };
  const result = size(whole) <= quotas.managedPolicy.characters ? whole : combine(whole);
  const length = size(result);
  if (length > quotas.managedPolicy.characters) {
    const message = `the boundary has ${length} characters and a managed policy holds ${quotas.managedPolicy.characters}: give fewer names`;
    throw new OptionsError(useCase.id, [{ path: '', message }]);
  }
  const { relation } = compare(document, result);
  if (relation !== 'equal' && relation !== 'wider') throw new Error(`the boundary came out ${relation}`);
  return result;
}

function denials(arn: string): Statement[] {
  return [
    {
      Sid: 'KeepBoundaryPolicy',
      Effect: 'Deny',
      Action: ['iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:SetDefaultPolicyVersion'],
      Resource: [arn],
    },
    {
      Sid: 'KeepBoundaryInPlace',
      Effect: 'Deny',
      Action: [
        'iam:DeleteRolePermissionsBoundary',
        'iam:DeleteUserPermissionsBoundary',
        'iam:PutRolePermissionsBoundary',
        'iam:PutUserPermissionsBoundary',
      ],
      Resource: ['*'],
    },
  ];
}
