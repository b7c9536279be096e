/** The claims of one issuer that AWS makes condition keys of, beside `sub`, `aud` and `amr`, which every issuer has. */
export interface IssuerKeys {
  readonly title: string;
  /** Whether an issuer is meant, written without `https://`. */
  readonly issuer: RegExp;
  /** Each claim, by the name behind the colon of its key. Nested claims are written with a dot. */
  readonly claims: Readonly<Record<string, string>>;
  /** An issuer that customers of one provider share: any of them has its tokens. */
  readonly shared: boolean;
}

/** When the table was last read. */
export const issuersReadOn = '2026-07-15';

/** Where the table is from. */
export const issuersSource =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html';

function same(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

const github = same(
  'actor',
  'actor_id',
  'enterprise_id',
  'environment',
  'job_workflow_ref',
  'ref',
  'repository',
  'repository_id',
  'repository_owner_id',
  'workflow',
);

/**
 * Every issuer whose claims the Service Authorization Reference lists for `sts:AssumeRoleWithWebIdentity`. A claim that is
 * not here is absent from the request, whatever the token says; so are those of every other issuer.
 */
export const issuers: readonly IssuerKeys[] = [
  {
    title: 'GitHub Actions',
    issuer: /^token\.actions\.githubusercontent\.com$/,
    claims: github,
    shared: true,
  },
  {
    title: 'GitHub Actions of an enterprise',
    issuer:
      /^(token\.actions\.githubusercontent\.com\/[^/]+|token\.actions\.[^./]+\.ghe\.com(\/[^/]+)?|github\.com\/enterprises\/[^/]+)$/,
    claims: github,
    shared: false,
  },
  {
    title: 'GitLab.com',
    issuer: /^gitlab\.com$/,
    claims: same(
      'namespace_id',
      'project_id',
      'pipeline_source',
      'ref_protected',
      'runner_environment',
      'user_access_level',
      'user_email',
      'user_id',
      'user_login',
    ),
    shared: true,
  },
  {
    title: 'Buildkite',
    issuer: /^agent\.(buildkite\.com|([^/]+\.)?buildkite\.(dev|site))$/,
    claims: same(
      'organization_id',
      'organization_slug',
      'pipeline_id',
      'pipeline_slug',
      'build_branch',
      'cluster_id',
      'cluster_name',
    ),
    shared: true,
  },
  {
    title: 'CircleCI',
    issuer: /^oidc\.circleci\.com\/org\/[^/]+$/,
    claims: same('oidc.circleci.com/project-id'),
    shared: false,
  },
  {
    title: 'Google',
    issuer: /^accounts\.google\.com$/,
    claims: { oaud: 'aud', 'google/organization_number': 'google.organization_number' },
    shared: true,
  },
  {
    title: 'Oracle Cloud',
    issuer: /^idcs-[^./]+\.identity\.oraclecloud\.com$/,
    claims: same('rpst_id'),
    shared: false,
  },
];

/** What AWS has of an issuer, written without `https://`; undefined where its tokens have no keys of their own. */
export function issuerKeys(issuer: string): IssuerKeys | undefined {
  return issuers.find((entry) => entry.issuer.test(issuer));
}

/** The issuer as it stands in the ARN of its provider and before the colon of its condition keys. */
export function withoutScheme(issuer: string): string {
  return issuer.replace(/^https:\/\//, '');
}
