import { denialOf, type FoundDenial } from './denial.js';
import { identityProblems, type IdentityAbout, type IdentityProblem } from './identity-problems.js';

const gap = String.raw`(?:\s|\\+[nrt])+`;
/** An apostrophe, as it is, curled, or as JSON, XML and shells write it. */
const apostrophe = String.raw`(?:\\*['\u2019]|\\+u0027|\\+u2019|&apos;|&#39;|&#x27;)`;

function patternOf(words: string): string {
  return words
    .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("'", apostrophe)
    .replaceAll(' ', gap);
}

const patterns = (Object.entries(identityProblems) as [IdentityProblem, IdentityAbout][]).map(
  ([problem, about]) => [problem, about, new RegExp(about.words.map(patternOf).join('|'), 'gi')] as const,
);

/** What makes words that others say too those of AWS. */
const ofAws =
  /InvalidIdentityToken|ExpiredToken(?:Exception)?\b|AssumeRole|assume role with OIDC|Service:\s+(?:Amazon|AWS|Sts)|sts\.amazonaws|when\s+calling\s+the\s+\w+\s+operation/i;
const near = 300;

const issuer = new RegExp(String.raw`^${gap}["'\`\\]{0,4}(https:\/\/[^\s"'\`<>\\,;]{1,500})`);
const url = /[.:]+$/;

/** Finds what is said where nobody got a session: of the token, its provider, or the length of the session. */
export function readIdentity(text: string): FoundDenial[] {
  return patterns.flatMap(([problem, about, pattern]) =>
    [...text.matchAll(pattern)].flatMap((match): FoundDenial[] => {
      const [at, end] = [match.index, match.index + match[0].length];
      const around = text.slice(Math.max(0, at - near), end + near);
      if (about.isCommon && !ofAws.test(around.replace(match[0], ''))) return [];
      const { operation } = about;
      const behind = problem === 'no provider' ? issuer.exec(text.slice(end, end + 600))?.[1] : undefined;
      const denial = denialOf({
        problem,
        ...(operation && { operation, action: `sts:${operation}` }),
        ...(behind && { issuer: behind.replace(url, '') }),
      });
      return [{ at, end, denial }];
    }),
  );
}
