import { isOfLayers } from './candidates.js';
import type { ReadDenial } from './denial.js';
import { identityProblems } from './identity-problems.js';

/** What to know of a refusal besides, and what to do next. */
export function notesOn(denial: ReadDenial): string[] {
  const { action, resource, operation, service, via, status, encoded } = denial;
  const notes: string[] = [];
  // Where it is known why there is no session, nothing is to be said of policies.
  if (denial.problem !== undefined) return [...identityProblems[denial.problem].next];
  if (/^sts:AssumeRoleWith(?:WebIdentity|SAML)$/.test(action ?? ''))
    notes.push(
      'this is the trust policy of the role, not a permission: no identity policy brings it',
      action === 'sts:AssumeRoleWithSAML'
        ? 'compare the attributes of the assertion (its audience and issuer too) with the conditions of the trust policy, and see that the role and the identity provider exist in the account'
        : 'compare the claims of the token (`aud`, `sub`, the letter case too) with the conditions of the trust policy, and see that the role and the identity provider exist in the account',
    );
  if (action === 'sts:AssumeRoleWithWebIdentity')
    notes.push(
      '`aws iam get-role --role-name ROLE > role.json`, then `postern assume --policy role.json --token TOKEN` says which condition fails, and what would let exactly this token in',
      'an action of session tags or a source identity that the policy does not allow (`sts:TagSession`, `sts:SetSourceIdentity`) is refused with the same words',
    );
  if (action === 'sts:AssumeRole' || action === 'sts:TagSession')
    notes.push('the trust policy of the role that is assumed must allow it too');
  if (action === 'sts:TagSession')
    notes.push(
      'aws-actions/configure-aws-credentials tags every session that it opens with credentials: `role-skip-session-tagging: true` leaves the tags out',
    );
  if (encoded)
    notes.push(
      'the message is encoded: `aws sts decode-authorization-message --encoded-message TEXT --query DecodedMessage --output text` reads it, for who may call `sts:DecodeAuthorizationMessage`; give what it prints to `postern why`',
    );
  if (action === 'kms:Decrypt' && via === 'dynamodb')
    notes.push(
      'the key is the one that encrypts the table: `aws dynamodb describe-table --table-name TABLE --query Table.SSEDescription.KMSMasterKeyArn` names it; the policy of the key must allow it too',
    );
  if (action === 's3:GetObject' && (operation === 'HeadObject' || operation === 'GetObject'))
    notes.push(
      'S3 answers 403 as well where the object does not exist and the caller may not list the bucket (`s3:ListBucket`)',
    );
  if (status === 401)
    notes.push(
      `the registry was sent no valid login: log in first, which${service === undefined ? ' for ECR' : ''} needs \`ecr:GetAuthorizationToken\`${action === undefined ? '' : '; the permission above comes after that'}`,
    );
  if (action === undefined && !encoded)
    notes.push(
      `the message names no action: run the command with \`postern record --\` to see what it asks for, or find the event in CloudTrail${service === undefined ? '' : ` of ${service}`}`,
    );
  if (isOfLayers(resource))
    notes.push(
      'ECR keeps the layers of its images in this bucket, and signs the addresses they are read from: a policy at the endpoint of S3 must allow `s3:GetObject` on it',
    );
  if (
    action?.startsWith('s3:') === true &&
    action !== 's3:ListAllMyBuckets' &&
    resource === undefined &&
    service === 's3' &&
    operation !== undefined
  )
    notes.push('the bucket and the key are not in the text: give the line with the command too');
  return notes;
}
