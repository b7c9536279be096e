import { parseOperator } from '../document/condition.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import { quote, type Problem } from '../document/problem.js';
import { issuerOfProvider } from './place.js';

/** When the list was last read, in copies of the page: the page itself could not be had. */
export const controlsReadOn = '2026-11-25';

/** An issuer that many customers share, and the claims of which AWS wants one tested. */
export interface Control {
  /** Without `https://`. */
  readonly issuers: readonly string[];
  /** What stands behind the issuer in the condition key. */
  readonly claims: readonly string[];
}

/**
 * The identity-provider controls, without that of Azure Sentinel, which is about the name of the session: a role for one of these issuers is created or changed only where each statement tests one
 * of the claims with a value that is not all wildcards. GitHub is checked for either of two, as users report.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export const controls: readonly Control[] = [
  { issuers: ['token.actions.githubusercontent.com'], claims: ['sub', 'job_workflow_ref'] },
  {
    issuers: [
      'vstoken.actions.githubusercontent.com',
      'oidc-configuration.audit-log.githubusercontent.com',
      'gitlab.com',
      'agent.buildkite.com',
      'app.terraform.io',
      'oidc.codefresh.io',
      'scalr.io',
      'studio.datachain.ai/api',
      'tokens.cloud.shisho.dev',
      'proidc.upbound.io',
      'oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb',
    ],
    claims: ['sub'],
  },
  {
    issuers: ['api.pulumi.com/oidc', 'oidc.vercel.com', 'sandboxes.cloud', 'cognito-identity.amazonaws.com'],
    claims: ['aud'],
  },
];

/**
 * What AWS refuses to create of a trust policy: statements for a shared issuer that do not say whose tokens they take. What
 * exactly "only wildcards" is, AWS does not say: here a value is that has nothing but them and `:`, `/` and `@`.
 * @returns no problem where AWS would create the role, as far as these controls go
 */
export function refusedControls({ Statement }: PolicyDocument): Problem[] {
  return Statement.flatMap((statement, index) =>
    statement.Effect === 'Allow' ? refusedOf(statement, `Statement[${index}]`) : [],
  );
}

function refusedOf({ Principal, Condition = {} }: Statement, path: string): Problem[] {
  const federated = typeof Principal === 'object' ? (Principal['Federated'] ?? []) : [];
  return federated.flatMap((text): Problem[] => {
    const issuer = issuerOfProvider(text) ?? text;
    const control = controls.find(({ issuers }) => issuers.some((one) => isOf(issuer, one)));
    if (control === undefined) return [];
    const keys = control.claims.map((claim) => `${issuer}:${claim}`.toLowerCase());
    const isTested = Object.entries(Condition).some(([operator, block]) => {
      const read = parseOperator(operator);
      if (read === undefined || read.negated || read.comparison === 'null') return false;
      return Object.entries(block).some(
        ([key, values]) => keys.includes(key.toLowerCase()) && values.every((value) => /[^*?:/@]/.test(value)),
      );
    });
    if (isTested) return [];
    const wanted = control.claims.map(quote).join(' or ');
    const message = `AWS creates no role for ${quote(issuer)} whose tokens are not told by ${wanted}: test it with a value that is not all wildcards`;
    return [{ path, message }];
  });
}

/** Vercel's issuer has the team behind it. */
function isOf(issuer: string, shared: string): boolean {
  return issuer === shared || (shared === 'oidc.vercel.com' && issuer.startsWith(`${shared}/`));
}
