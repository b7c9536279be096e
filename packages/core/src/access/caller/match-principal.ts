import type { Statement } from '../../document/document.js';
import type { Truth } from '../match-condition.js';
import { compilePattern, type Matcher } from '../pattern.js';
import type { CallerText } from './caller.js';
import { principalsOf } from './principal.js';

/** Says whether a statement is about a caller: yes, no, or undefined where AWS, or the request, does not say. */
export type PrincipalMatcher = (caller: CallerText | undefined) => Truth;

const everyone: PrincipalMatcher = () => true;

/** Builds the matcher for the principals of a statement; one of an identity policy is about whoever has it. */
export function compilePrincipals(statement: Statement): PrincipalMatcher {
  const principals = principalsOf(statement);
  if (principals === undefined) return everyone;
  const { negated } = principals;
  const [surely, unsaid] = [principals.surely, principals.unsaid].map((list) => list.map(compilePattern));
  const given = statement.Principal ?? statement.NotPrincipal;
  const anybody = given === '*';
  // A canonical user is an account, and any account may be meant.
  const namesAccounts = typeof given === 'object' && given['AWS'] !== undefined;
  return (caller) => {
    if (anybody) return !negated;
    if (caller === undefined) return undefined;
    if (some(surely!, caller)) return !negated;
    if (some(unsaid!, caller) || (namesAccounts && caller.startsWith('CanonicalUser:'))) return undefined;
    return negated;
  };
}

function some(matchers: readonly Matcher[], text: string): boolean {
  return matchers.some((matches) => matches(text));
}
