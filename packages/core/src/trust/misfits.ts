import { issuerKeys } from '../access/caller/issuers.js';
import type { Statement } from '../document/document.js';
import { builtInProviders, principalProblem } from '../document/principal-forms.js';
import { quote } from '../document/problem.js';
import { issuerOfProvider } from './place.js';
import { isPositiveText, type Test } from './probe.js';
import { federatedOf, isIssuerKey, type TrustRisk } from './risk.js';

/** T11: keys that AWS does not have for the issuer. */
export function deadKeys(tests: readonly Test[], statement: Statement, isDeny: boolean): TrustRisk[] {
  const own = federatedOf(statement).map((text) => issuerOfProvider(text) ?? text);
  return tests.flatMap((test): TrustRisk[] => {
    if (!isIssuerKey(test) || (builtInProviders.includes(test.prefix) && test.prefix !== 'accounts.google.com'))
      return [];
    const known = ['sub', 'aud', 'amr', ...Object.keys(issuerKeys(test.prefix)?.claims ?? {})].map((name) =>
      name.toLowerCase(),
    );
    if (known.includes(test.claim.toLowerCase())) return [];
    if (issuerKeys(test.prefix) === undefined && !own.includes(test.prefix)) return [];
    const effect = isDeny
      ? 'the Deny stops nobody by it'
      : test.operator.set === 'ForAllValues' || test.operator.ifExists || test.operator.negated
        ? 'it holds for everybody'
        : 'no token is ever let in by it';
    return [
      {
        code: 'T11',
        path: test.path,
        what: `AWS makes no condition key of the claim ${quote(test.claim)} of ${quote(test.prefix)}, so it is absent from every request and ${effect}`,
        instead: `test one of ${known
          .filter((name) => name !== 'amr')
          .map(quote)
          .join(', ')}`,
      },
    ];
  });
}

/** T12 and T23: provider, keys and values that do not belong together. */
export function misfits(statement: Statement, tests: readonly Test[], path: string): TrustRisk[] {
  const named = federatedOf(statement);
  const issuers = named.flatMap((text) => issuerOfProvider(text) ?? []);
  const wrong = named.flatMap((text): TrustRisk[] => {
    const issuer = issuerOfProvider(text) ?? text;
    const isBad = text !== '*' && principalProblem('Federated', text) !== undefined;
    const slash = issuer === 'login.app.env0.com' || (issuer !== 'login.app.env0.com/' && issuer.endsWith('/'));
    if (!isBad && !slash) return [];
    const what = isBad
      ? `${quote(text)} is the ARN of no identity provider`
      : `the issuer of ${quote(text)} ${issuer.endsWith('/') ? 'ends in no slash' : 'ends in a slash'}`;
    return [
      {
        code: 'T12',
        path: `${path}.Principal.Federated`,
        what: `${what}, so no token comes from it`,
        instead: "write the provider's ARN with the issuer as its tokens have it, without a scheme",
      },
    ];
  });
  const foreign = tests.flatMap((test): TrustRisk[] => {
    const { prefix } = test;
    if (
      !isIssuerKey(test) ||
      wrong.length > 0 ||
      issuers.some((issuer) => issuer.toLowerCase() === prefix.toLowerCase())
    )
      return [];
    const what = `${quote(test.key)} is a key of ${quote(prefix)}, and the statement is for ${issuers.map(quote).join(', ')}: it is absent from each of their tokens`;
    return [{ code: 'T12', path: test.path, what, instead: `begin the key with ${quote(issuers[0] ?? 'the issuer')}` }];
  });
  return [...wrong, ...foreign, ...tests.flatMap((test) => neverIssued(test))];
}

/** T23: a subject or an audience that the provider never issues. */
function neverIssued(test: Test): TrustRisk[] {
  const { prefix, claim, values, path } = test;
  if (!isPositiveText(test)) return [];
  const risk = (value: string, why: string, instead: string): TrustRisk => ({
    code: 'T23',
    path,
    what: `no token of ${quote(prefix)} has ${quote(value)}, for ${why}`,
    instead,
  });
  if (claim === 'aud' && prefix.startsWith('vstoken.dev.azure.com/')) {
    return values
      .filter((value) => value === 'sts.amazonaws.com')
      .map((value) => risk(value, 'Azure DevOps has one audience', 'write `api://AzureADTokenExchange`'));
  }
  if (claim === 'aud' && prefix.endsWith('.app.spacelift.io')) {
    return values
      .filter((value) => value.includes('://'))
      .map((value) => risk(value, 'the audience is the host without a scheme', `write ${quote(prefix)}`));
  }
  if (claim === 'sub' && prefix === 'app.terraform.io') {
    return values
      .filter((value) => /^organization:[^:]*:workspace:/.test(value))
      .map((value) =>
        risk(
          value,
          'the project stands between organization and workspace',
          'write `organization:O:project:P:workspace:W:run_phase:apply`',
        ),
      );
  }
  if (claim === 'sub' && prefix.startsWith('api.bitbucket.org/')) {
    const isPart = (part: string): boolean => /^(\{[0-9a-f*?-]*\}?[*?]*|[*?].*)$/i.test(part);
    return values
      .filter((value) => !value.split(':').every(isPart))
      .map((value) =>
        risk(
          value,
          'its parts are the ids of repository, environment and step, in braces, and no names',
          'write `{REPOSITORY}:{ENVIRONMENT}:*` with the ids',
        ),
      );
  }
  return [];
}
