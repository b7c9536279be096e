import { parse } from '../document/parse.js';
import type { DocumentSource } from '../access/documents.js';
import type { WebIdentity } from '../access/caller/web-identity.js';
import type { Statement } from '../document/document.js';
import { isAbout } from './ask.js';
import { issuerOfProvider } from './place.js';
import { Prober, testsOf, type Probe } from './probe.js';
import { modelOf } from './model-of.js';

/** A token of code that nobody has reviewed, and that a trust policy lets in. */
export interface UnreviewedToken {
  /** Where the policy lets it in. */
  readonly path: string;
  /** Made up, and confirmed by `decide`. */
  readonly token: WebIdentity;
  /** What the request has besides, where the policy asks for it. */
  readonly context?: Readonly<Record<string, string>>;
  /** Whether the policy wants pull requests by name, and not by a wildcard alone. */
  readonly isNamed: boolean;
  /** A token of reviewed code, of a branch or an environment, that the policy lets in too. */
  readonly reviewed?: WebIdentity;
}

const isUnderReview = (form: string): boolean => /pull.request/.test(form);

/**
 * Finds a token of a pull request that a trust policy lets in, for each statement that does.
 * @param policy a trust policy; one that cannot be read lets nobody in
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function unreviewedTokens(policy: DocumentSource): UnreviewedToken[] {
  const { document } = parse(policy, { type: 'trust' });
  if (document === null) return [];
  const found: UnreviewedToken[] = [];
  const reviewed: WebIdentity[] = [];
  for (const [index, statement] of document.Statement.entries()) {
    if (statement.Effect !== 'Allow' || !isAbout(statement, 'sts:AssumeRoleWithWebIdentity')) continue;
    const path = `Statement[${index}]`;
    for (const federated of federatedOf(statement)) {
      const issuer = issuerOfProvider(federated);
      if (issuer === undefined) continue;
      const tests = testsOf(statement, path);
      const subjects = tests.filter(({ claim }) => claim.toLowerCase() === 'sub');
      const model = modelOf(
        issuer,
        subjects.flatMap(({ values }) => values),
      );
      const prober = new Prober(document, statement, federated, issuer, model, tests);
      const bases = prober.bases();
      const others = bases.flatMap(({ probe }) =>
        model.contexts
          .filter(({ who }) => /pull request|merge requests/.test(who))
          .filter(({ form }) => form.includes('@<') === probe.form.includes('@<'))
          .map(({ form, fields }): Probe => ({ ...probe, form, fields: { ...probe.fields, ...fields } })),
      );
      const own = bases.find(({ probe }) => isUnderReview(probe.form));
      const probe = own?.probe ?? others.find((other) => prober.isLetIn(other));
      const other = bases.find((base) => !isUnderReview(base.probe.form));
      if (other !== undefined) reviewed.push(prober.token(other.probe));
      if (probe === undefined) continue;
      const context = prober.request();
      found.push({
        path: subjects[0]?.path ?? path,
        token: prober.token(probe),
        ...(Object.keys(context).length > 0 && { context }),
        isNamed: own !== undefined && isUnderReview(own.text),
      });
    }
  }
  return found.map((one) => ({ ...one, ...(reviewed[0] && { reviewed: reviewed[0] }) }));
}

function federatedOf({ Principal }: Statement): readonly string[] {
  return typeof Principal === 'object' ? (Principal['Federated'] ?? []) : [];
}
