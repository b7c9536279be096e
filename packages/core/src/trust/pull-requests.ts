import type { PolicyDocument, Statement } from '../document/document.js';
import { quote } from '../document/problem.js';
import { fillGlob } from './fit.js';
import { modelOf } from './model-of.js';
import { issuerOfProvider } from './place.js';
import { isPositiveText, Prober, type Probe, type Test } from './probe.js';
import { isIssuerKey, type TrustRisk } from './risk.js';

/**
 * How subjects and refs name code under review: GitHub and Forgejo, Semaphore (and what GitLab is taken to write), refs of both,
 * Jenkins' multibranch jobs.
 */
const named =
  /(?<!:environment):pull_request\b|ref_type:(mr|merge_request|pull-request)\b|refs\/(pull|merge-requests)\/|\/job\/(PR|MR)-[\d*?]/;

/** What a customised subject of GitHub or GitLab, or that of a build of Codefresh, has in it; its provider has no other form for it. */
const customised = /(merge|pull)_request_event\b|:scm_pull_request_target_branch:/;

/** T06: subjects, refs and sources of code that is under review. */
export function pullRequests(
  document: PolicyDocument,
  statement: Statement,
  federated: readonly string[],
  tests: readonly Test[],
): TrustRisk[] {
  return tests.flatMap((test): TrustRisk[] => {
    if (!isPositiveText(test) || !isIssuerKey(test)) return [];
    const found = test.values.find((value) => isOfReview(test, value));
    if (found === undefined) return [];
    const requests = /merge|ref_type:mr|\/MR-/.test(found) ? 'merge requests' : 'pull requests';
    const what = `${quote(found)} lets ${requests} in, so code that nobody has reviewed`;
    const instead = `give ${requests} a role of their own that can only read`;
    const witness = federated.flatMap((text) => witnessOf(document, statement, text, tests, test, found) ?? [])[0];
    return [{ code: 'T06', path: test.path, what, instead, ...witness }];
  });
}

function isOfReview({ claim }: Test, value: string): boolean {
  if (claim.toLowerCase() === 'pipeline_source') return /^(external_)?(merge|pull)_request/.test(value);
  return named.test(value) || customised.test(value);
}

/** A token of the code that the value names, where one gets in. */
function witnessOf(
  document: PolicyDocument,
  statement: Statement,
  federated: string,
  tests: readonly Test[],
  test: Test,
  value: string,
): Pick<TrustRisk, 'token' | 'context'> | undefined {
  const issuer = issuerOfProvider(federated);
  if (issuer === undefined) return undefined;
  const subjects = tests.filter(({ claim }) => claim.toLowerCase() === 'sub');
  const model = modelOf(
    issuer,
    subjects.flatMap(({ values }) => values),
  );
  const prober = new Prober(document, statement, federated, issuer, model, tests);
  const isSubject = test.claim.toLowerCase() === 'sub';
  const claims = isSubject ? {} : { [test.claim]: fillGlob(value, '1') };
  const bases = prober.bases(claims).filter(({ text }) => !isSubject || text === value);
  const base = bases.find(({ probe }) => named.test(probe.form)) ?? bases[0];
  const written: Probe = { ...prober.usual(), form: fillGlob(value, '1') };
  const probe = base?.probe ?? (isSubject && customised.test(value) ? written : undefined);
  if (probe === undefined || !prober.isLetIn(probe)) return undefined;
  const context = prober.request();
  return { token: prober.token(probe), ...(Object.keys(context).length > 0 && { context }) };
}
