import { verify } from 'node:crypto';
import { providerOf, readToken, type WebIdentity } from '@postern/core';
import { ServiceError } from '../../server/call.js';
import type { World } from '../../world/world.js';
import type { IdentityProvider, SigningKey } from '../iam/state.js';

/** A token that was verified, and the provider that issued it. */
export interface VerifiedToken extends WebIdentity {
  readonly provider: IdentityProvider;
  /** The audience by which it was taken. */
  readonly audience: string;
}

/** The most characters of a token. */
const longest = 20_000;

/**
 * The algorithms that AWS takes, with what verifies them; ECDSA signatures stand in a JWT as two numbers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
const algorithms: Readonly<Record<string, { readonly hash: string; readonly type: 'rsa' | 'ec' }>> = {
  RS256: { hash: 'sha256', type: 'rsa' },
  RS384: { hash: 'sha384', type: 'rsa' },
  RS512: { hash: 'sha512', type: 'rsa' },
  ES256: { hash: 'sha256', type: 'ec' },
  ES384: { hash: 'sha384', type: 'ec' },
  ES512: { hash: 'sha512', type: 'ec' },
};

const invalid = (message: string): ServiceError => new ServiceError('InvalidIdentityToken', message);

/** What the API reference says where no other wording of AWS is known. */
const notValidated = 'The web identity token that was passed could not be validated by AWS';

/**
 * Verifies a token as AWS does before it looks at any trust policy: form, issuer, keys, signature, expiry, audience.
 * @throws {ServiceError} with AWS's code, and its words as far as they are known
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function verifyToken(token: string, world: World, now: number = Date.now()): VerifiedToken {
  if (token.length > longest || token.length < 4) {
    const what = token.length > longest ? `less than or equal to ${longest}` : 'greater than or equal to 4';
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: Member must have length ${what}`,
    );
  }
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const { claims } = more.length > 0 || !/^[\w-]+$/.test(signature) ? {} : readToken(token);
  const header = claims === undefined ? undefined : readHeader(head);
  if (claims === undefined || header === undefined) {
    throw invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
  }
  for (const name of ['iss', 'sub', 'aud', 'exp', 'iat']) {
    if (!Object.hasOwn(claims, name) || claims[name] === '') throw invalid(`Missing a required claim: ${name}`);
  }
  const issuer = String(claims['iss']);
  const provider = world.identityProviders.get(issuer);
  if (provider === undefined) throw invalid(`No OpenIDConnect provider found in your account for ${issuer}`);
  const key = keyFor(header, provider.keys);
  if (key === undefined) {
    throw invalid(
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    );
  }
  if (!isSigned(`${head}.${body}`, signature, header.alg, key)) throw invalid(notValidated);
  const expiry = claims['exp'];
  if (typeof expiry !== 'number' || typeof claims['iat'] !== 'number') throw invalid(notValidated);
  const seconds = Math.floor(now / 1000);
  if (seconds >= expiry) {
    throw new ServiceError(
      'ExpiredTokenException',
      `Token expired: current date/time ${seconds} must be before the expiration date/time ${Math.floor(expiry)}`,
    );
  }
  const audiences = [claims['azp'] ?? claims['aud']].flat().map(String);
  const isBuiltIn = !providerOf(issuer, world).startsWith('arn:');
  const audience = isBuiltIn ? audiences[0] : audiences.find((one) => provider.clientIds.includes(one));
  if (audience === undefined) throw invalid('Incorrect token audience');
  return { issuer, claims, provider, audience };
}

interface Header {
  readonly alg: string;
  readonly kid: string | undefined;
}

function readHeader(text: string): Header | undefined {
  try {
    const { alg, kid } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<string, unknown>;
    if (typeof alg !== 'string' || !Object.hasOwn(algorithms, alg)) return undefined;
    return { alg, kid: typeof kid === 'string' ? kid : undefined };
  } catch {
    return undefined;
  }
}

function keyFor({ alg, kid }: Header, keys: readonly SigningKey[] | undefined): SigningKey | undefined {
  const fitting = (keys ?? []).filter(({ key }) => key.asymmetricKeyType === algorithms[alg]!.type);
  return kid === undefined ? fitting[0] : fitting.find(({ id }) => id === kid);
}

function isSigned(text: string, signature: string, alg: string, { key }: SigningKey): boolean {
  try {
    const options = { key, dsaEncoding: 'ieee-p1363' as const };
    return verify(algorithms[alg]!.hash, Buffer.from(text), options, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
