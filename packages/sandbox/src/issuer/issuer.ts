import { generateKeyPairSync, randomUUID, sign, type JsonWebKey, type KeyObject } from 'node:crypto';

/** An issuer of tokens in the place of an identity provider, with keys of its own. */
export interface Issuer {
  /** Its URL, as the tokens have it in `iss`. */
  readonly url: string;
  /** Its key set: what a provider of the world is given. */
  readonly keys: readonly JsonWebKey[];
  /**
   * Signs a token; `iss`, `iat`, `nbf` and `exp` (in five minutes) are added where the claims have none.
   * @returns a JWT
   */
  sign(claims: Readonly<Record<string, unknown>>): string;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A private key with its public one. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Makes a pair of keys for RS256, which takes a moment: issuers of one run may share one. */
export function createKeyPair(): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/**
 * Makes an issuer that signs as a provider would (RS256).
 * @param url the URL of the provider that it stands in for
 */
export function createIssuer(url: string, own: KeyPair = createKeyPair()): Issuer {
  const kid = randomUUID();
  const keys = [{ ...own.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }];
  return {
    url,
    keys,
    sign(claims) {
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: url, iat: now, nbf: now, exp: now + 300, ...claims };
      const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid })}.${encoded(all)}`;
      return `${text}.${sign('sha256', Buffer.from(text), own.privateKey).toString('base64url')}`;
    },
  };
}
