import { parseOperator } from '../document/condition.js';
import { quote } from '../document/problem.js';
import { issuerKeys, withoutScheme } from '../access/caller/issuers.js';
import type { WebIdentity } from '../access/caller/web-identity.js';
import { compilePattern, readPattern } from '../access/pattern.js';
import type { FailedCondition } from './ask.js';
import { fit } from './fit.js';
import { modelOf } from './model-of.js';
import { hasIds, parseGithubSubject, segmentsOf, withoutIds } from './subject.js';

/** Why a token is not let in. */
export type Cause =
  | 'subject form'
  | 'environment'
  | 'wildcard under equals'
  | 'letter case'
  | 'pull request'
  | 'audience'
  | 'claim without key'
  | 'absent claim'
  | 'request'
  | 'provider'
  | 'template'
  | 'other value'
  | 'action'
  | 'no web identity'
  | 'session tags'
  | 'key of another issuer'
  | 'denied'
  | 'excluded'
  | 'roles claim'
  | 'not known';

/** One reason, in words. */
export interface TrustExplanation {
  readonly cause: Cause;
  readonly says: string;
}

/** Says why a condition does not hold for a token. */
export function explainCondition(condition: FailedCondition, token: WebIdentity): TrustExplanation {
  const { key, operator, found } = condition;
  const issuer = withoutScheme(token.issuer);
  const colon = key.lastIndexOf(':');
  const [prefix, claim] = [key.slice(0, colon), key.slice(colon + 1)];
  const isIssuerKey = prefix.includes('.') || prefix.includes('/');
  if (isIssuerKey && prefix.toLowerCase() !== issuer.toLowerCase()) return otherIssuer(condition, prefix, issuer);
  if (found === null) return isIssuerKey ? absentClaim(condition, claim, issuer, token) : absentKey(condition);
  const texts = typeof found === 'string' ? [found] : found;
  const is = `the token has ${texts.map(quote).join(', ')}`;
  const read = parseOperator(operator);
  if (read?.comparison === 'null') return { cause: 'excluded', says: `\`Null\` wants ${quote(key)} absent, and ${is}` };
  if (read?.negated === true) {
    return {
      cause: 'excluded',
      says: `${quote(operator)} on ${quote(key)} excludes what ${is.replace('the token has ', 'the token has: ')}`,
    };
  }
  const [value] = texts;
  if (value === undefined || texts.length > 1) return other(condition, is);
  return explainText(condition, claim, value, isIssuerKey, token) ?? other(condition, is);
}

function explainText(
  condition: FailedCondition,
  claim: string,
  value: string,
  isIssuerKey: boolean,
  token: WebIdentity,
): TrustExplanation | undefined {
  const { key, operator, wanted } = condition;
  const comparison = parseOperator(operator)?.comparison;
  const like = (pattern: string, text: string): boolean => compilePattern(readPattern(pattern))(text);
  const literal = wanted.find((text) => /[*?]/.test(text) && like(text, value));
  if ((comparison === 'string' || comparison === 'stringIgnoreCase') && literal !== undefined) {
    const says = `${quote(literal)} has a wildcard, and under ${quote(operator)} it is plain text: only \`StringLike\` knows \`*\` and \`?\`, and the token has ${quote(value)}`;
    return { cause: 'wildcard under equals', says };
  }
  const sameLetters = wanted.find((text) =>
    comparison === 'stringLike'
      ? like(text.toLowerCase(), value.toLowerCase())
      : text.toLowerCase() === value.toLowerCase(),
  );
  if (sameLetters !== undefined) {
    const says = `${quote(sameLetters)} and the token's ${quote(value)} differ only in letter case, and AWS compares ${quote(key)} by case: write it as the token has it`;
    return { cause: 'letter case', says };
  }
  if (isIssuerKey && claim === 'aud') return explainAudience(condition, value, token);
  if (isIssuerKey && claim === 'sub') return explainSubject(condition, value);
  return undefined;
}

function explainAudience({ key, wanted }: FailedCondition, value: string, { claims }: WebIdentity): TrustExplanation {
  if (wanted.every((text) => /^(repo|project_path|organization|system:serviceaccount|org)[:/]/.test(text))) {
    const says = `the policy tests ${quote(key)} for a subject (${list(wanted)}), and the token's audience is ${quote(value)}: test the subject under \`${key.replace(/aud$/, 'sub')}\``;
    return { cause: 'key of another issuer', says };
  }
  const says = `the policy wants the audience ${list(wanted)} and the token has ${quote(value)}${claims['azp'] === undefined ? '' : ' in `azp`, which counts before its `aud`'}: ask the CI system for a token for the audience that the policy wants; the provider's client ids have to hold it too`;
  return { cause: 'audience', says };
}

function explainSubject({ wanted, key }: FailedCondition, value: string): TrustExplanation {
  const wants = `the policy wants ${list(wanted)} and the token's subject is ${quote(value)}`;
  if (
    wanted.every((text) => text === 'sts.amazonaws.com' || /^(api|https?):\/\//.test(text)) &&
    !/^https?:/.test(value)
  ) {
    return { cause: 'key of another issuer', says: `${quote(key)} is tested for an audience: ${wants}` };
  }
  if (/^project_path:/.test(value) && wanted.every((text) => /:ref_type:(mr|merge_request)\b/.test(text))) {
    const says = `no token of GitLab has \`ref_type:mr\`: the pipeline of a merge request has the branch that it is from; ${wants}`;
    return { cause: 'pull request', says };
  }
  const nearest = nearestTo(value, wanted);
  const like = (pattern: string, text: string): boolean => compilePattern(readPattern(pattern))(text);
  const form = wanted.find((text) => hasIds(text) !== hasIds(value) && like(withoutIds(text), withoutIds(value)));
  if (form !== undefined) {
    const [has, lacks] = hasIds(value)
      ? ['with ids (immutable)', 'by names (legacy)']
      : ['by names (legacy)', 'with ids (immutable)'];
    const says = `the subject of the token names its repository ${has} and the policy ${lacks}: ${wants}; write ${quote(value)}, and no wildcard in the place of the ids`;
    return { cause: 'subject form', says };
  }
  const [token, policy] = [parseGithubSubject(value), parseGithubSubject(nearest)];
  const differs =
    hasIds(value) !== hasIds(nearest)
      ? ', and one of them has the ids of the immutable form and the other has not'
      : '';
  const sameRepository =
    token !== undefined &&
    policy !== undefined &&
    token.repository === policy.repository &&
    token.owner === policy.owner;
  if (token !== undefined && sameRepository && token.context !== policy.context) {
    if (token.context === 'pull_request') {
      const says = `the token is of a pull request: ${wants}${differs}; give pull requests a role of their own that can only read`;
      return { cause: 'pull request', says };
    }
    const kinds = [token, policy].map(({ context }) => context.split(':')[0]!);
    if (kinds[0] !== kinds[1] && kinds.includes('environment')) {
      const [first, second] =
        kinds[0] === 'environment'
          ? [
              'the job names an environment, so its subject has that and no branch',
              'name the environment in the policy, or take it out of the job',
            ]
          : [
              'the job names no environment, so its subject has the branch or the tag',
              'name the environment in the job',
            ];
      return { cause: 'environment', says: `${first}: ${wants}${differs}; ${second}` };
    }
  }
  const [mine, theirs] = [segmentsOf(value), segmentsOf(nearest)];
  const names = (segments: readonly { name: string }[]) => segments.map(({ name }) => name);
  const shared = Math.min(mine.length, theirs.length);
  const template = names(mine)
    .slice(0, shared)
    .some((name, index) => name !== names(theirs)[index] && !/[*?]/.test(theirs[index]!.name + theirs[index]!.value));
  // Where the subject itself names no parts, the form of the provider does; two of one form have the same.
  const part = partThatDiffers(key.slice(0, key.lastIndexOf(':')), value, nearest);
  if (template && part !== undefined) return { cause: 'other value', says: `${differsIn(part)}: ${wants}${differs}` };
  if (template && !(token !== undefined && policy !== undefined)) {
    const says = `the subject is made of other parts than the policy has: the token has ${names(mine).join(', ')} (${quote(value)}), the policy ${names(theirs).join(', ')} (${quote(nearest)}): the subject of this repository or project is customised`;
    return { cause: 'template', says };
  }
  const at = mine.findIndex(({ name, value: text }, index) => {
    const against = theirs[index];
    return against === undefined || against.name !== name || !like(against.value, text);
  });
  const where = at < 0 ? undefined : mine[at];
  const isNamed = where !== undefined && !where.name.startsWith('part ');
  if (part !== undefined && !isNamed) return { cause: 'other value', says: `${differsIn(part)}: ${wants}${differs}` };
  const what =
    where === undefined
      ? 'the token has less than the policy wants'
      : `${quote(where.name)} is the first part that differs (${quote(where.value)}${theirs[at] === undefined ? ', behind the end of the policy’s' : `, the policy has ${quote(theirs[at].value)}`})`;
  return { cause: 'other value', says: `${what.replace('’', "'")}: ${wants}${differs}` };
}

/** A part of a subject that differs, by the name that the provider gives it. */
interface DifferingPart {
  readonly name: string;
  readonly mine: string;
  readonly theirs: string;
}

function differsIn({ name, mine, theirs }: DifferingPart): string {
  return `${quote(name)} is the first part that differs (${quote(mine)}, the policy has ${quote(theirs)})`;
}

/** The first part that differs of two subjects of one form, as the provider makes it; undefined where its form is another. */
function partThatDiffers(issuer: string, value: string, wanted: string): DifferingPart | undefined {
  const { forms } = modelOf(issuer, [wanted]);
  for (const form of forms) {
    // A form that is one field says nothing of its parts.
    const [mine, theirs] = /^<\w+>$/.test(form) ? [] : [fit(value, form, false), fit(wanted, form, true)];
    if (mine === undefined || theirs === undefined) continue;
    const name = Object.keys(mine).find((one) => !compilePattern(readPattern(theirs[one] ?? ''))(mine[one]!));
    if (name !== undefined) return { name, mine: mine[name]!, theirs: theirs[name] ?? '' };
  }
  return undefined;
}

function otherIssuer({ key, operator }: FailedCondition, prefix: string, issuer: string): TrustExplanation {
  const slash =
    prefix.replace(/\/$/, '') === issuer.replace(/\/$/, '') ? ', and they differ in the slash at the end' : '';
  const scheme = prefix.includes('://') ? ', and a key has no scheme' : '';
  const says = `${quote(key)} is a key of ${quote(prefix)} and the token is from ${quote(issuer)}${slash}${scheme}: for this token the key is absent, so ${quote(operator)} does not hold`;
  return { cause: 'key of another issuer', says };
}

function absentClaim(
  { key, operator }: FailedCondition,
  claim: string,
  issuer: string,
  { claims }: WebIdentity,
): TrustExplanation {
  const known = ['sub', 'aud', 'amr', ...Object.keys(issuerKeys(issuer)?.claims ?? {})];
  const isKey = known.some((name) => name.toLowerCase() === claim.toLowerCase());
  const has = Object.hasOwn(claims, claim);
  if (!isKey) {
    const others = known
      .filter((name) => name !== 'amr')
      .map(quote)
      .join(', ');
    const what = has
      ? `the claim ${quote(claim)} is in the token, and AWS makes no condition key of it`
      : `AWS has no condition key ${quote(key)}`;
    const says = `${what}: ${quote(key)} is absent from every request, so ${quote(operator)} never holds; of ${quote(issuer)} AWS has ${others}`;
    return { cause: 'claim without key', says };
  }
  const hint = claim === 'environment' ? ': a job has one only where it names an environment' : '';
  return {
    cause: 'absent claim',
    says: `the token has no ${quote(claim)}${hint}, so ${quote(operator)} on ${quote(key)} does not hold`,
  };
}

function absentKey({ key, operator, wanted }: FailedCondition): TrustExplanation {
  const tag = /^aws:RequestTag\/(.+)$/i.exec(key)?.[1];
  if (tag !== undefined) {
    return {
      cause: 'absent claim',
      says: `the token carries no session tag ${quote(tag)}, and ${quote(operator)} wants ${list(wanted)}`,
    };
  }
  const says = `${quote(key)} is nothing that a token says: AWS takes it from the request, and ${quote(operator)} wants ${list(wanted)}; give it to be asked about it too`;
  return { cause: 'request', says };
}

function other({ key, wanted, operator }: FailedCondition, is: string): TrustExplanation {
  return { cause: 'other value', says: `${quote(operator)} wants ${list(wanted)} in ${quote(key)}, and ${is}` };
}

/** The wanted text that begins most like the value. */
function nearestTo(value: string, wanted: readonly string[]): string {
  const shared = (text: string): number => {
    let length = 0;
    while (length < text.length && text[length] === value[length]) length += 1;
    return length;
  };
  return wanted.reduce((best, text) => (shared(text) > shared(best) ? text : best), wanted[0] ?? '');
}

function list(wanted: readonly string[]): string {
  const shown = wanted.slice(0, 4).map(quote).join(' or ');
  return wanted.length > 4 ? `${shown} or ${wanted.length - 4} more` : shown;
}
