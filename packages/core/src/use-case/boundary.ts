import { combine } from '../access/combine.js';
import { compare } from '../access/compare/compare.js';
import { readDocuments, type DocumentSource } from '../access/documents.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import { quotas, size } from '../document/size.js';
import { OptionsError, tryBuild } from './build.js';
import { spellOption, type Host } from './host.js';
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
  try {
    return boundaryOf(document, arn);
  } catch (error) {
    if (error instanceof RangeError) throw new OptionsError(useCase.id, [{ path: '', message: error.message }]);
    throw error;
  }
}

/**
 * Makes a permissions boundary of documents that hold together, as {@link boundary} does of a use case.
 * @param arn the ARN of the managed policy that the boundary becomes
 * @throws {DocumentError} where a document's meaning cannot be known
 * @throws {RangeError} where the boundary is larger than a managed policy may be, or cannot be compared with the documents
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryOf(documents: DocumentSource | readonly DocumentSource[], arn: string): PolicyDocument {
  const parsed = readDocuments(documents);
  const [first, ...others] = parsed;
  const denying: PolicyDocument = { Version: '2012-10-17', Statement: denials(arn) };
  const whole =
    first?.Version === '2012-10-17' && others.length === 0
      ? { ...first, Statement: [...first.Statement, ...denying.Statement] }
      : combine([...parsed, denying]);
  const { characters } = quotas.managedPolicy;
  const result = size(whole) <= characters ? whole : combine(whole);
  if (size(result) > characters) {
    throw new RangeError(
      `the boundary has ${size(result)} characters and a managed policy holds ${characters}, and a boundary is one policy: give fewer names or a wider scope`,
    );
  }
  const { relation, reason } = compare([...parsed, denying], result);
  if (relation === 'unknown')
    throw new RangeError(`the boundary cannot be compared with the policy: ${reason ?? 'no reason is known'}`);
  if (relation !== 'equal') throw new Error(`the boundary came out ${relation}`);
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
