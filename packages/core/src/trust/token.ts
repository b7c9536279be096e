import { readJson } from '../document/json.js';
import { quote } from '../document/problem.js';
import { issuerKeys, withoutScheme } from '../access/caller/issuers.js';

/** The claims of a token, or why it is none; both where it is one, of which a claim says no time. */
export type TokenReading =
  | { readonly claims: Readonly<Record<string, unknown>>; readonly problem?: undefined }
  | { readonly claims?: Readonly<Record<string, unknown>>; readonly problem: string };

/**
 * The most characters that AWS takes of a token.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
const longestToken = 20_000;

/** Claims as JSON may be written over many lines. */
const longestClaims = 200_000;

/**
 * Reads a token: a JWT, or its claims as a JSON object. Nothing is verified; no message holds the token.
 * @returns the claims, or one sentence on what is wrong
 */
export function readToken(text: string): TokenReading {
  const token = text.replace(/^\uFEFF/, '').trim();
  if (token === '') return { problem: 'the token is empty: give a JWT, or its claims as a JSON object' };
  if (/^(authorization\s*:\s*)?bearer\s/i.test(token))
    return { problem: 'the token begins with `Bearer`: give the token alone' };
  if (/^(["'])[\w.=+/-]+\1$/.test(token))
    return { problem: 'the token stands in quotation marks: give it without them' };
  if (/^(export\s+)?[A-Za-z_][\w-]{0,99}\s*[=:]\s*["']?eyJ/.test(token))
    return { problem: 'the token stands behind a name: give what is behind it alone' };
  if (/^([[{"]|-?\d+$|(null|true|false)$)/.test(token)) return readClaims(token, 'the claims');
  if (/\s/.test(token) && token.startsWith('eyJ'))
    return { problem: 'the token has blanks or several lines in it: give one token, on one line' };
  if (token.length > longestToken) {
    const most = longestToken.toLocaleString('en');
    return {
      problem: `the token has more than ${most} characters, which is the most that AWS takes: give one token alone`,
    };
  }
  const parts = token.split('.');
  if (parts.length === 1) {
    return {
      problem: 'the token has no dots, so it is no JWT: give header, claims and signature, or the claims as JSON',
    };
  }
  if (parts.length === 5) {
    return { problem: 'the token is encrypted, and AWS takes signed ones only: ask the provider for a signed token' };
  }
  if (parts.length !== 3) {
    return { problem: `the token has ${parts.length} parts and a JWT has three: give it whole, on one line` };
  }
  const header = readPart(parts[0]!, 'the header of the token');
  if (header.problem !== undefined) return header;
  const algorithm = Object.hasOwn(header.claims, 'alg') ? header.claims['alg'] : undefined;
  if (typeof algorithm !== 'string' || algorithm.toLowerCase() === 'none') {
    const said = algorithm === undefined ? 'no `alg`' : `\`alg\` ${quote(algorithm)}`;
    return {
      problem: `the token has ${said}, so nobody signed it, and AWS takes no such token: ask the provider for one`,
    };
  }
  if (/^hs\d+$/i.test(algorithm)) {
    return {
      problem: `the token is signed with ${quote(algorithm)}, by a secret that both sides have, and AWS has none: ask the provider for one with a public key`,
    };
  }
  if (parts[2] === '') return { problem: 'the token has no signature behind its second dot: give it whole' };
  return readPart(parts[1]!, 'the second part of the token');
}

function readPart(part: string, what: string): TokenReading {
  const text = decode(part);
  return text === undefined
    ? { problem: `${what} is not base64url of UTF-8: give the token as it was issued` }
    : readClaims(text, what);
}

function readClaims(text: string, what: string): TokenReading {
  if (text.length > longestClaims) {
    const most = longestClaims.toLocaleString('en');
    return { problem: `${what} have more than ${most} characters, far more than any token: give those of one token` };
  }
  const { value, wellFormed, problems } = readJson(text);
  if (!wellFormed)
    return {
      problem: `${what} cannot be read: ${problems[0]!.message.replace(/unexpected `[^`]*`/, 'unexpected text')}`,
    };
  if (problems.length > 0) {
    const names = problems.map(({ path }) => quote(path)).join(', ');
    const have = what === 'the claims' ? 'have' : 'has';
    return { problem: `${what} ${have} ${names} twice, and nobody can tell which counts: give each claim once` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const are = what === 'the claims' ? 'are' : 'is';
    return { problem: `${what} ${are} no JSON object: give them by name, \`{"iss": "https://…", "sub": "…"}\`` };
  }
  return check(value as Record<string, unknown>);
}

/** Claims that AWS reads as texts. */
const texts = ['iss', 'sub', 'azp'];

/**
 * Claims that are times.
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1
 */
const times = ['exp', 'nbf', 'iat'];

function check(claims: Record<string, unknown>): TokenReading {
  const inside = Object.keys(claims).find((name) => isJwt(claims[name]));
  if (inside !== undefined && !Object.hasOwn(claims, 'iss')) {
    return { problem: `the text is JSON that holds the token in ${quote(inside)}: give that alone` };
  }
  const issuer = claims['iss'];
  // A key that is two levels deep, as Google's, is no claim itself.
  const keys = typeof issuer === 'string' ? Object.values(issuerKeys(withoutScheme(issuer))?.claims ?? {}) : [];
  for (const name of [...texts, ...keys.filter((key) => key !== 'aud')]) {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
    if (value === undefined || typeof value === 'string') continue;
    // A number or nothing at all is read as a text, or as absent, where it is no name.
    if (!texts.includes(name) && (typeof value !== 'object' || value === null)) continue;
    const kind = Array.isArray(value)
      ? 'a list'
      : value === null
        ? 'null'
        : typeof value === 'object'
          ? 'an object'
          : 'no text';
    return {
      problem: `the claim ${quote(name)} is ${kind}, and AWS reads one text there: give a token as the provider issues it`,
    };
  }
  const audience = Object.hasOwn(claims, 'aud') ? claims['aud'] : undefined;
  const list = Array.isArray(audience) ? (audience as unknown[]) : [audience];
  if (audience !== undefined && !list.every((one) => typeof one === 'string')) {
    return { problem: 'the claim `aud` is neither a text nor a list of texts: give a token as the provider issues it' };
  }
  const time = times.find((name) => Object.hasOwn(claims, name) && !Number.isFinite(claims[name]));
  if (time !== undefined) {
    return {
      claims,
      problem: `the claim ${quote(time)} is no number, and tokens say times in seconds since 1970: give a token as the provider issues it`,
    };
  }
  return { claims };
}

function isJwt(value: unknown): boolean {
  return typeof value === 'string' && /^eyJ[\w-]*=*\.[\w-]+=*\.[\w-]*$/.test(value);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url as text; undefined where it is none, or no UTF-8. */
function decode(part: string): string | undefined {
  const plain = part.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  let escaped = '';
  let [bits, held] = [0, 0];
  for (const letter of plain) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    escaped += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
