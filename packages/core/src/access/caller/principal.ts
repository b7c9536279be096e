import { parseArn } from '../../document/arn.js';
import type { Principal, Statement } from '../../document/document.js';
import { once } from '../../document/once.js';
import type { PatternElement } from '../pattern.js';
import { readLiterally } from '../variables.js';
import { anonymousText, roleName, sessionOf } from './caller.js';

/** A pattern over the texts of callers. */
export type CallerPattern = readonly PatternElement[];

/**
 * Whom a `Principal` or `NotPrincipal` names, as patterns over the texts of callers: for certain, and where AWS does not
 * say.
 */
export interface NamedCallers {
  readonly surely: readonly CallerPattern[];
  readonly unsaid: readonly CallerPattern[];
}

/** Pieces with at least one character between them: no name is empty. */
function pattern(...pieces: readonly string[]): CallerPattern {
  return pieces.flatMap((piece, index): PatternElement[] =>
    index === 0 ? readLiterally(piece) : ['?', '*', ...readLiterally(piece)],
  );
}

const awsCallers = once((): readonly CallerPattern[] => [
  pattern('AWS:arn:', ':iam::', ':root'),
  pattern('AWS:arn:', ':iam::', ':user/', ''),
  pattern('AWS:arn:', ':sts::', ':assumed-role/', '/', ''),
  pattern('AWS:arn:', ':sts::', ':federated-user/', ''),
  pattern('AWS:A', ''),
]);
const services = once(() => pattern('Service:', ''));

/**
 * Everybody that `{"AWS": "*"}` lets in: "any root user, IAM user, assumed-role session, or federated user in any
 * account", and "for anonymous users, these two methods are equivalent". It is not said of services.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/policy-principal.html
 */
const allButServices = once((): readonly CallerPattern[] => [
  ...awsCallers(),
  pattern('Federated:', ''),
  pattern('CanonicalUser:', ''),
  pattern(anonymousText),
]);
const everybody = once((): NamedCallers => ({ surely: [...allButServices(), services()], unsaid: [] }));

/** Everybody in an account: an account as a principal delegates to all of it. */
function account(id: string): readonly CallerPattern[] {
  return [
    pattern('AWS:arn:', `:iam::${id}:root`),
    pattern('AWS:arn:', `:iam::${id}:user/`, ''),
    pattern('AWS:arn:', `:sts::${id}:assumed-role/`, '/', ''),
    pattern('AWS:arn:', `:sts::${id}:federated-user/`, ''),
  ];
}

/**
 * Whom a `Principal` names.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function named(principal: Principal): NamedCallers {
  if (principal === '*') return everybody();
  const parts = Object.entries(principal).flatMap(([type, texts]) => texts.map((text) => namedBy(type, text)));
  return { surely: parts.flatMap(({ surely }) => surely), unsaid: parts.flatMap(({ unsaid }) => unsaid) };
}

function namedBy(type: string, text: string): NamedCallers {
  const sure = (...surely: readonly CallerPattern[]): NamedCallers => ({ surely, unsaid: [] });
  if (type === 'Service') return sure(pattern(`Service:${text.toLowerCase()}`));
  if (type === 'Federated') return sure(text === '*' ? pattern('Federated:', '') : pattern(`Federated:${text}`));
  if (type === 'CanonicalUser') {
    // The id is that of an account, and nobody can tell of which.
    return { surely: [pattern(`CanonicalUser:${text.toLowerCase()}`)], unsaid: awsCallers() };
  }
  if (text === '*') return { surely: allButServices(), unsaid: [services()] };
  if (/^\d{12}$/.test(text)) return sure(...account(text));
  const arn = parseArn(text);
  if (arn?.service === 'iam' && arn.resource === 'root') return sure(...account(arn.account));
  const role = arn?.service === 'iam' ? roleName(arn.resource) : undefined;
  if (arn !== undefined && role !== undefined) {
    return sure(pattern(`AWS:${sessionOf(arn.partition, arn.account, role)}`, ''));
  }
  return sure(pattern(`AWS:${text}`));
}

/**
 * Whom a `NotPrincipal` of a Deny spares. AWS: "you must also specify the account ARN of the not-denied principal.
 * Otherwise, the policy might deny access to the entire account"; and of a role session, that "AWS might validate the
 * account first, then the role, and then the assumed-role user". So only who is named with all above it is spared for
 * certain.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function spared(principal: Principal): NamedCallers {
  if (principal === '*') return everybody();
  const surely: CallerPattern[] = [];
  const unsaid: CallerPattern[] = [];
  const accounts = new Set<string>();
  const roles = new Set<string>();
  for (const text of principal['AWS'] ?? []) {
    const arn = parseArn(text);
    if (/^\d{12}$/.test(text) || arn?.resource === 'root') accounts.add(arn?.account ?? text);
    const role = arn?.service === 'iam' ? roleName(arn.resource) : undefined;
    if (arn !== undefined && role !== undefined) roles.add(sessionOf(arn.partition, arn.account, role));
  }
  for (const [type, texts] of Object.entries(principal)) {
    for (const text of texts) {
      if (type !== 'AWS' || text === '*') {
        const one = namedBy(type, text);
        surely.push(...one.surely);
        unsaid.push(...one.unsaid);
        continue;
      }
      const arn = parseArn(text);
      const role = arn?.service === 'iam' ? roleName(arn.resource) : undefined;
      if (/^\d{12}$/.test(text) || arn?.resource === 'root') {
        surely.push(pattern('AWS:arn:', `:iam::${arn?.account ?? text}:root`));
      } else if (arn !== undefined && role !== undefined) {
        unsaid.push(pattern(`AWS:${sessionOf(arn.partition, arn.account, role)}`, ''));
      } else {
        const above = /^assumed-role\/([^/]+)\//.exec(arn?.resource ?? '')?.[1];
        const isUnderRole = above === undefined || roles.has(sessionOf(arn!.partition, arn!.account, above));
        const isWhole = arn !== undefined && accounts.has(arn.account) && isUnderRole;
        (isWhole ? surely : unsaid).push(pattern(`AWS:${text}`));
      }
    }
  }
  return { surely, unsaid };
}

/** Whom a statement is about: those it names, or all but those it spares; undefined where it names nobody, as an identity's does. */
export function principalsOf({
  Principal,
  NotPrincipal,
}: Statement): (NamedCallers & { readonly negated: boolean }) | undefined {
  if (Principal !== undefined) return { ...named(Principal), negated: false };
  return NotPrincipal === undefined ? undefined : { ...spared(NotPrincipal), negated: true };
}
