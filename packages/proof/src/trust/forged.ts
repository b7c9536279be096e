import { providerOf, type Claims } from '@postern/core';
import { createIssuer } from '@postern/sandbox';

/** A token that AWS refuses whatever the trust policy says, and the code of the refusal. */
export interface ForgedToken {
  /** In words that follow "a token with". */
  readonly why: string;
  readonly token: string;
  readonly code: string;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Makes tokens of honest claims that are wrong in one way each.
 * @param sign what signs claims as their issuer does, for now
 */
export function forgedTokens(claims: Claims, sign: (claims: Claims, seconds?: number) => string): ForgedToken[] {
  const now = Math.floor(Date.now() / 1000);
  const current = { ...claims, iat: now, nbf: now, exp: now + 300 };
  const [head = '', , signature = ''] = sign(claims).split('.');
  const invalid = 'InvalidIdentityToken';
  const hasList = providerOf(String(claims['iss']), { account: '', partition: 'aws' }).startsWith('arn:');
  const other = createIssuer(String(claims['iss']));
  return [
    {
      why: 'no signature and the algorithm `none`',
      token: `${part({ alg: 'none' })}.${part(current)}.`,
      code: invalid,
    },
    {
      why: 'other claims under the signature of these',
      token: `${head}.${part({ ...current, jti: 'another' })}.${signature}`,
      code: invalid,
    },
    { why: 'the signature of a key that the provider does not have', token: other.sign(current), code: invalid },
    {
      why: 'an issuer that the account has no provider for',
      token: createIssuer('https://issuer.mallory.example').sign({ ...current, iss: 'https://issuer.mallory.example' }),
      code: invalid,
    },
    {
      why: 'an audience that the provider does not list',
      token: sign({ ...claims, aud: 'nobody', azp: undefined }),
      // A provider that AWS knows by itself has no list: the policy alone tests the audience.
      code: hasList ? invalid : 'AccessDenied',
    },
    { why: 'a life that has ended', token: sign(claims, -1), code: 'ExpiredTokenException' },
    { why: '1 MB', token: sign({ ...claims, more: 'x'.repeat(2 ** 20) }), code: 'ValidationError' },
  ];
}
