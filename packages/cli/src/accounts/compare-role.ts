import { parse, quote, type DocumentSource, type Role } from '@postern/core';
import type { Gain, Gains } from '../access/gains.js';
import { placeOfDocuments, type Surroundings } from '../access/request.js';
import { findDifference } from '../commands/diff/difference.js';
import type { FoundDocument } from '../policies/found.js';
import { examplePlace } from '../policies/place.js';
import { describeGain, describeWitness } from '../reports/words.js';
import type { AccountRole, RolePart } from './account.js';
import type { AccountFinding } from './finding.js';

/** What is found of one role, without where. */
export type RoleFinding = Pick<AccountFinding, 'kind' | 'message' | 'witness'>;

/** Compares a role of an account with what a file says of it. */
export async function compareRole(
  role: Role,
  found: AccountRole,
  reference: Surroundings['reference'],
): Promise<RoleFinding[]> {
  const policies = role.policies.map(({ document }) => document);
  const isRead = (part: RolePart) => !found.unread.includes(part);
  const lists = found.unread.filter((part) => part === 'RolePolicyList' || part === 'AttachedManagedPolicies');
  const elsewhere = [...found.elsewhere, ...lists].map((one) => quote(one)).join(', ');
  return [
    ...settingFindings(role, found),
    ...(found.trust === undefined ? [] : await partFindings([role.trust], [found.trust], 'trust', reference)),
    ...(await partFindings(policies, found.policies, 'permission', reference, elsewhere)),
    ...(isRead('PermissionsBoundary') ? await boundaryFindings(role, found, reference) : []),
    ...(found.elsewhere.length === 0
      ? []
      : [
          unknown(
            `${found.elsewhere.map((arn) => quote(arn)).join(', ')} is attached and not in the details: what it allows is not known`,
          ),
        ]),
    ...found.unread.map((part) => unknown(unreadPart(part))),
  ];
}

/** That a part of a role is not in the details. */
export function unreadPart(part: RolePart): string {
  return `the details have no ${quote(part)} that can be read: what it says is not known`;
}

/** Why nobody knows whom a role lets in: nothing where its trust policy can be read. */
export function unreadTrust({ trust }: AccountRole): string[] {
  if (trust === undefined) return [unreadPart('AssumeRolePolicyDocument')];
  return unreadable(trust, 'trust').map(({ message }) => message);
}

const unknown = (message: string): RoleFinding => ({ kind: 'unknown', message });

function settingFindings(role: Role, { maxSessionDuration, path }: AccountRole): RoleFinding[] {
  const differ = (what: string, own: unknown, its: unknown): RoleFinding[] =>
    own === its
      ? []
      : [{ kind: 'other-setting', message: `${what} is ${quote(its)}, and the file says ${quote(own)}` }];
  return [
    ...differ('path', role.path, path),
    ...(maxSessionDuration === undefined
      ? []
      : differ('maxSessionDuration', role.maxSessionDuration, maxSessionDuration)),
  ];
}

/** What one part of the role has more and less than the file says. */
async function partFindings(
  own: readonly DocumentSource[],
  its: readonly FoundDocument[],
  part: 'trust' | 'permission',
  reference: Surroundings['reference'],
  elsewhere = '',
): Promise<RoleFinding[]> {
  const unread = its.flatMap((document) => unreadable(document, part));
  if (unread.length > 0) return unread;
  const documents = its as readonly DocumentSource[];
  const place = { ...examplePlace, ...placeOfDocuments([...own, ...documents]) };
  const { gained, lost, reason } = await findDifference(own, documents, false, { place, reference });
  const missing = listed(lost, part === 'trust' ? 'missing-trust' : 'missing-permission');
  return [
    // What other policies may give is not said to be missing.
    ...(elsewhere === ''
      ? missing
      : missing.map(({ message }) => unknown(`perhaps given by ${elsewhere}: ${message}`))),
    ...listed(gained, part === 'trust' ? 'extra-trust' : 'extra-permission'),
    ...(reason === null ? [] : [unknown(reason)]),
  ];
}

function listed({ doubts, gains, unseen }: Gains, kind: RoleFinding['kind']): RoleFinding[] {
  return [
    ...gains.map((gain): RoleFinding => ({ kind, message: described(gain, kind), witness: gain.witness })),
    ...(unseen === 0 ? [] : [unknown(`${unseen} more patterns were not looked at one by one`)]),
    ...doubts.map(unknown),
  ];
}

function described(gain: Gain, kind: RoleFinding['kind']): string {
  const isMissing = kind.startsWith('missing');
  const text = describeGain(gain, isMissing ? 'lost' : 'extra');
  const example = describeWitness(gain.witness);
  return text === example ? text : `${text}: for example ${example}`;
}

function unreadable(document: FoundDocument, part: 'trust' | 'permission'): RoleFinding[] {
  const type = part === 'trust' ? 'trust' : 'identity';
  const { problems } = parse(document as DocumentSource, { type });
  return problems
    .filter(({ severity }) => severity === 'unreadable')
    .map(({ message, path }) => unknown(`a policy cannot be read: ${path === '' ? '' : `${path}: `}${message}`));
}

/** A boundary only takes away: one that allows more than the file's keeps less out. */
async function boundaryFindings(
  { boundary: own }: Role,
  { boundary: its }: AccountRole,
  reference: Surroundings['reference'],
): Promise<RoleFinding[]> {
  if (own === undefined && its === undefined) return [];
  if (its === undefined)
    return [{ kind: 'missing-boundary', message: `it has none, and the file says ${quote(own!.arn)}` }];
  if (own === undefined || own.arn !== its.arn) {
    const said = own === undefined ? 'none' : quote(own.arn);
    return [{ kind: 'other-boundary', message: `it is ${quote(its.arn)}, and the file says ${said}` }];
  }
  if (own.policy === undefined) return [];
  if (its.document === undefined) return [unknown(`the boundary ${quote(its.arn)} is not in the details`)];
  const found = await partFindings([own.policy.document], [its.document], 'permission', reference);
  return found.map(({ kind, message, ...more }) => ({
    ...more,
    kind: kind === 'extra-permission' ? 'missing-boundary' : kind === 'missing-permission' ? 'other-boundary' : kind,
    message: `${kind === 'extra-permission' ? 'it lets through' : kind === 'missing-permission' ? 'it keeps out' : 'its boundary'} ${message}`,
  }));
}
