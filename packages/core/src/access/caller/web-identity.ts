import { builtInProviders } from '../../document/principal-forms.js';
import type { ContextValue } from '../request.js';
import type { Caller } from './caller.js';
import { issuerKeys, withoutScheme } from './issuers.js';

/** A token of an OpenID Connect provider, as its claims say it: read, not verified. */
export interface WebIdentity {
  /** The issuer's URL, as in `iss`. */
  readonly issuer: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Where the provider of a token is registered, and which role is asked for. */
export interface RolePlace {
  readonly account: string;
  readonly partition: string;
  /** The ARN of the role, where it is known. */
  readonly role?: string | undefined;
}

/** What AWS makes of a token. */
export interface WebIdentityCaller {
  readonly principal: Caller;
  /** The condition keys that the token brings. */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The actions that the trust policy has to allow, all of them. */
  readonly actions: readonly string[];
}

const tagsClaim = 'https://aws.amazon.com/tags';
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity';
export const rolesClaim = 'https://aws.amazon.com/roles';

/**
 * What AWS makes of a token: its provider as the principal, and of its claims those that it has condition keys for. All
 * other claims are absent from the request. `azp`, where a token has one, takes the place of its `aud`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function callerOfToken({ issuer, claims }: WebIdentity, place: RolePlace): WebIdentityCaller {
  const name = withoutScheme(issuer);
  const context: Record<string, ContextValue> = {};
  const actions = ['sts:AssumeRoleWithWebIdentity'];
  const add = (key: string, value: unknown): void => {
    const values = valuesOf(value);
    if (values.length > 0) context[key] = values.length === 1 ? values[0]! : values;
  };
  const own = (claim: string): unknown => (Object.hasOwn(claims, claim) ? claims[claim] : undefined);
  add(`${name}:sub`, own('sub'));
  add(`${name}:aud`, own('azp') ?? own('aud'));
  add(`${name}:amr`, own('amr'));
  for (const [key, claim] of Object.entries(issuerKeys(name)?.claims ?? {})) {
    add(`${name}:${key}`, own(claim) ?? nested(claims, claim));
  }
  const tags = own(tagsClaim);
  const principalTags = isObject(tags) && isObject(tags['principal_tags']) ? tags['principal_tags'] : {};
  for (const [tag, value] of Object.entries(principalTags)) add(`aws:RequestTag/${tag}`, value);
  if (Object.keys(principalTags).length > 0) {
    add('aws:TagKeys', Object.keys(principalTags));
    if (isObject(tags)) add('sts:TransitiveTagKeys', tags['transitive_tag_keys']);
    actions.push('sts:TagSession');
  }
  if (own(sourceIdentityClaim) !== undefined) {
    add('sts:SourceIdentity', own(sourceIdentityClaim));
    actions.push('sts:SetSourceIdentity');
  }
  const roles = valuesOf(own(rolesClaim));
  if (place.role !== undefined) context['sts:RoleAuthorizedByIdp'] = String(roles.includes(place.role));
  return { principal: { Federated: providerOf(issuer, place) }, context, actions };
}

/** The provider of an issuer, as a principal names it. */
export function providerOf(issuer: string, { account, partition }: RolePlace): string {
  const name = withoutScheme(issuer);
  return builtInProviders.includes(name) ? name : `arn:${partition}:iam::${account}:oidc-provider/${name}`;
}

/** A claim as AWS compares it: texts; an object is none. */
function valuesOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [String(one)] : [],
  );
}

function nested(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = claims;
  for (const part of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
