import { issuerKeys } from '../access/caller/issuers.js';
import type { WebIdentity } from '../access/caller/web-identity.js';
import type { PolicyDocument, Statement } from '../document/document.js';
import { builtInProviders, principalProblem } from '../document/principal-forms.js';
import { quote } from '../document/problem.js';
import { isAbout } from './ask.js';
import { fillGlob, isFixed } from './fit.js';
import { issuerOfProvider } from './place.js';
import { isPositiveText, Prober, testsOf, type Probe, type Test } from './probe.js';
import { modelOf, type Fields, type TokenModel } from './providers.js';

/** What a trust policy lets in that it should not, or asks for in vain, by its code. */
export interface TrustRisk {
  /** `T01` to `T23`. */
  readonly code: string;
  /** Where, such as `Statement[0].Condition.StringLike.KEY`. */
  readonly path: string;
  /** Who gets in, or what does not work: no capital, no full stop. */
  readonly what: string;
  readonly instead: string;
  /** Whether it is about who the customer is, where that makes it worse. */
  readonly onTenancy?: boolean;
  /** A token that is let in and should not be, made up and confirmed by `decide`. */
  readonly token?: WebIdentity;
  /** What the request has besides, where the policy asks for it. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Looks a trust policy through for what is known to go wrong with web identities. */
export function trustRisks(document: PolicyDocument): TrustRisk[] {
  const risks = document.Statement.flatMap((statement, index) =>
    risksOfStatement(document, statement, `Statement[${index}]`),
  );
  return [...risks, ...besideFederated(document), ...weakestStatement(document, risks)];
}

function federatedOf({ Principal }: Statement): readonly string[] {
  return typeof Principal === 'object' ? (Principal['Federated'] ?? []) : [];
}

function isForWebIdentity(statement: Statement): boolean {
  return federatedOf(statement).some((text) => issuerOfProvider(text) !== undefined || !/:saml-provider\//.test(text));
}

function risksOfStatement(document: PolicyDocument, statement: Statement, path: string): TrustRisk[] {
  if (!isForWebIdentity(statement)) return [];
  const tests = testsOf(statement, path);
  if (statement.Effect === 'Deny') return deadKeys(tests, statement, true);
  const misplaced = misfits(statement, tests, path);
  return [
    ...deadKeys(tests, statement, false),
    ...misplaced,
    ...looseOperators(tests, path),
    ...wrongActions(statement, path),
    ...untestedAudience(tests, path),
    // From a provider that does not exist no token comes.
    ...(misplaced.some((risk) => risk.path.endsWith('.Principal.Federated'))
      ? []
      : federatedOf(statement).flatMap((text) => probes(document, statement, text, tests, path))),
  ];
}

const isIssuerKey = ({ prefix }: Test): boolean => prefix.includes('.');

/** T11: keys that AWS does not have for the issuer. */
function deadKeys(tests: readonly Test[], statement: Statement, isDeny: boolean): TrustRisk[] {
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
function misfits(statement: Statement, tests: readonly Test[], path: string): TrustRisk[] {
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

/** T07 to T10 and T20. */
function looseOperators(tests: readonly Test[], path: string): TrustRisk[] {
  const claims = tests.filter((test) => isIssuerKey(test) || /^aws:RequestTag\//i.test(test.key));
  const onTenancy = ({ claim }: Test): boolean =>
    /^(sub|aud|repository|.*_id|.*owner.*|namespace.*|project.*|organization.*)$/i.test(claim);
  const loose = claims.flatMap((test): TrustRisk[] => {
    const instead = `write \`${test.operatorName.replace(/^ForAllValues:/i, '').replace(/IfExists$/i, '')}\``;
    const base = { path: test.path, instead, onTenancy: onTenancy(test) };
    return [
      ...(test.operator.set === 'ForAllValues'
        ? [
            {
              ...base,
              code: 'T07',
              what: `\`ForAllValues\` holds where ${quote(test.key)} is absent, so a token without it, or a key that is misspelt, gets in`,
            },
          ]
        : []),
      ...(test.operator.ifExists
        ? [
            {
              ...base,
              code: 'T08',
              what: `\`IfExists\` holds where ${quote(test.key)} is absent, so a token without the claim gets in`,
            },
          ]
        : []),
    ];
  });
  const equals = claims.flatMap((test): TrustRisk[] => {
    const isEqual = !test.operator.negated && ['string', 'stringIgnoreCase'].includes(test.operator.comparison);
    const wild = test.values.filter((value) => /\*/.test(value) || (test.claim === 'sub' && value.includes('?')));
    if (!isEqual || wild.length === 0) return [];
    const what = `under ${quote(test.operatorName)} the wildcard in ${wild.slice(0, 3).map(quote).join(', ')} is plain text, so no token matches`;
    return [
      {
        code: 'T10',
        path: test.path,
        what,
        instead: 'write the whole value, or move it to `StringLike` with all before the wildcard literal',
      },
    ];
  });
  const scope = claims.filter(({ claim }) => !/^o?aud$/i.test(claim));
  const negated = scope.filter(({ operator }) => operator.negated);
  const onlyNegated = negated.length > 0 && negated.length === scope.length;
  return [
    ...loose,
    ...equals,
    ...(onlyNegated
      ? [
          {
            code: 'T09',
            path: negated[0]!.path,
            what: `the only test of who calls is ${quote(negated[0]!.operatorName)}, so everybody gets in but those it names, and everybody without the key`,
            instead: 'name who may get in, with `StringEquals`',
          },
        ]
      : []),
    ...editableSubjects(tests),
    ...pullRequests(tests, path),
  ];
}

/** T20: a customised subject that begins with what whoever edits the workflow chooses. */
function editableSubjects(tests: readonly Test[]): TrustRisk[] {
  return tests.flatMap((test): TrustRisk[] => {
    if (test.claim !== 'sub' || !isPositiveText(test) || !/github|ghe\.com|_services\/token/.test(test.prefix))
      return [];
    const found = test.values.find(
      (value) =>
        /^(workflow|environment|ref|context|head_ref|base_ref|actor):/.test(value) &&
        !/(^|:)(repo|repository|repository_id|job_workflow_ref):/.test(value),
    );
    if (found === undefined) return [];
    const what = `${quote(found)} names no repository, and what it names anybody chooses who can edit a workflow: another repository can have the same subject`;
    return [
      { code: 'T20', path: test.path, what, instead: 'put `repo` first in the subject, or test `repository_id` too' },
    ];
  });
}

/** T06: subjects of code that is under review. */
function pullRequests(tests: readonly Test[], _path: string): TrustRisk[] {
  return tests.flatMap((test): TrustRisk[] => {
    if (!isPositiveText(test) || !isIssuerKey(test)) return [];
    const found = test.values.find((value) =>
      /:pull_request\b|ref_type:(mr|pull-request)\b|refs\/(pull|merge-requests)\//.test(value),
    );
    if (found === undefined) return [];
    const what = `${quote(found)} lets pull requests in, so code that nobody has reviewed`;
    return [
      { code: 'T06', path: test.path, what, instead: 'give pull requests a role of their own that can only read' },
    ];
  });
}

/** T18: more actions than a web identity has. */
function wrongActions(statement: Statement, path: string): TrustRisk[] {
  const isAlone =
    typeof statement.Principal === 'object' && Object.keys(statement.Principal).every((type) => type === 'Federated');
  if (!isAlone || !isAbout(statement, 'sts:AssumeRole')) return [];
  const wide = (statement.Action ?? []).filter((text) =>
    isAbout({ Effect: 'Allow', Action: [text] }, 'sts:AssumeRole'),
  );
  const what = `${(wide.length === 0 ? ['NotAction'] : wide).map(quote).join(', ')} allows \`sts:AssumeRole\`, which a web identity never calls`;
  return [
    {
      code: 'T18',
      path: `${path}.${statement.Action === undefined ? 'NotAction' : 'Action'}`,
      what,
      instead: 'write `sts:AssumeRoleWithWebIdentity` alone',
    },
  ];
}

/** T13: no test of the audience. */
function untestedAudience(tests: readonly Test[], path: string): TrustRisk[] {
  const tested = tests.some(
    (test) => /^o?aud$/i.test(test.claim) && !(test.operator.comparison === 'stringLike' && test.values.includes('*')),
  );
  if (tested) return [];
  const what =
    "no condition tests the audience, so a token that was made for another service gets in where the provider's client ids have it";
  return [
    {
      code: 'T13',
      path,
      what,
      instead: 'test the key `aud` with `StringEquals`, with `sts.amazonaws.com` or what the tokens have',
    },
  ];
}

/** T16: a second way in. */
function besideFederated({ Statement: statements }: PolicyDocument): TrustRisk[] {
  if (!statements.some((statement) => statement.Effect === 'Allow' && isForWebIdentity(statement))) return [];
  return statements.flatMap((statement, index): TrustRisk[] => {
    const { Principal, Effect } = statement;
    const aws = Principal === '*' ? ['*'] : typeof Principal === 'object' ? (Principal['AWS'] ?? []) : [];
    if (Effect !== 'Allow' || aws.length === 0) return [];
    const who = aws.includes('*') ? 'anybody with an AWS account' : aws.slice(0, 3).map(quote).join(', ');
    const what = `${who} gets in too, beside the tokens of the identity provider and without them`;
    return [
      { code: 'T16', path: `Statement[${index}].Principal`, what, instead: 'give that caller a role of its own' },
    ];
  });
}

const widths = ['T01', 'T02', 'T03', 'T04', 'T05'];

/** T17: statements are alternatives, so the weakest decides. */
function weakestStatement({ Statement: statements }: PolicyDocument, risks: readonly TrustRisk[]): TrustRisk[] {
  const allows = statements.flatMap((statement, index) =>
    statement.Effect === 'Allow' && isForWebIdentity(statement) ? [index] : [],
  );
  const isWide = (index: number): boolean =>
    risks.some(({ code, path }) => widths.includes(code) && path.startsWith(`Statement[${index}]`));
  const wide = allows.filter(isWide);
  if (allows.length < 2 || wide.length === 0 || wide.length === allows.length) return [];
  return wide.map((index) => ({
    code: 'T17',
    path: `Statement[${index}]`,
    what: 'this statement lets more in than the others do, and one that lets a token in is enough: the weakest decides',
    instead: 'narrow it as the others are, or take it out',
  }));
}

/** T01 to T05, T14, T15 and T19: what tokens that are made up get in. */
function probes(
  document: PolicyDocument,
  statement: Statement,
  federated: string,
  tests: readonly Test[],
  path: string,
): TrustRisk[] {
  const issuer = issuerOfProvider(federated);
  if (issuer === undefined || !isAbout(statement, 'sts:AssumeRoleWithWebIdentity')) return [];
  const subjectTests = tests.filter(({ claim }) => claim.toLowerCase() === 'sub');
  const model = modelOf(
    issuer,
    subjectTests.flatMap(({ values }) => values),
  );
  const prober = new Prober(document, statement, federated, issuer, model, tests);
  const testsSubject = subjectTests.some(isPositiveText);
  const where = subjectTests[0]?.path ?? path;
  const found = new Map<string, TrustRisk>();
  const add = (code: string, probe: Probe, what: string, instead: string): void => {
    const context = prober.request();
    const asked = Object.keys(context).length > 0 && { context };
    if (!found.has(code)) found.set(code, { code, path: where, what, instead, token: prober.token(probe), ...asked });
  };
  for (const base of prober.bases()) probeBase(prober, model, base, testsSubject, add);
  const widest = widths.find((code) => found.has(code));
  // Where nobody is named, no name can be taken over.
  const named = widest !== 'T01' && widest !== 'T02';
  return [...found.values()].filter(({ code }) => (widths.includes(code) ? code === widest : code !== 'T14' || named));
}

type Add = (code: string, probe: Probe, what: string, instead: string) => void;

function probeBase(
  prober: Prober,
  model: TokenModel,
  { probe, globs, text }: ReturnType<Prober['bases']>[number],
  testsSubject: boolean,
  add: Add,
): void {
  const { words } = model;
  const change = (fields: Fields, form = probe.form, audience = probe.audience): Probe => ({
    ...probe,
    form,
    fields: { ...probe.fields, ...fields },
    audience,
  });
  const own = JSON.stringify(prober.token(probe));
  const ask = (code: string, other: Probe, what: string, instead: string): boolean => {
    // A field that no claim has makes no other token.
    const isIn = JSON.stringify(prober.token(other)) !== own && prober.isLetIn(other);
    if (isIn) add(code, other, `${what}, for example ${quote(String(prober.token(other).claims['sub']))}`, instead);
    return isIn;
  };
  const others = (names: readonly string[]): Fields =>
    Object.fromEntries(
      names.filter((name) => name in model.usual).map((name) => [name, `other-${name.replaceAll('_', '-')}`]),
    );
  const pinSubject = 'test `sub` with `StringEquals` and the whole subject';
  const ids = others([...(model.ids ?? []), 'actor', 'actor_id']);

  // Somebody else altogether.
  if (model.shared && model.tenant.length > 0) {
    const strange = {
      ...others(model.tenant),
      ...others(model.ids ?? []),
      ...(model.tenant[0] !== undefined &&
        model.usual[model.tenant[0]] !== undefined && { [model.tenant[0]]: 'mallory' }),
    };
    const audience = model.audienceIsTenant === true ? 'mallory' : probe.audience;
    const who = `every customer of ${model.title} gets in`;
    if (testsSubject)
      ask(
        'T02',
        change(strange, probe.form, audience),
        `the subject is all wildcards where it says whose it is, so ${who}`,
        `write the ${words.tenant} in full`,
      );
    else ask('T01', change(strange, probe.form, audience), `nothing tests whose token it is, so ${who}`, pinSubject);
    const tenant = model.tenant[0]!;
    const glob = globs[tenant];
    if (glob !== undefined && !isFixed(glob) && fillGlob(glob, '') !== '') {
      const like = { ...others(model.tenant), ...ids, [tenant]: fillGlob(glob, 'evil') };
      ask(
        'T03',
        change(like),
        `the wildcard touches the name of the ${words.tenant}, so whoever registers a name that begins or ends alike gets in`,
        `write the ${words.tenant} in full, up to the separator behind it`,
      );
    }
  }
  // A project of the same customer.
  for (const names of model.projects) {
    const alike = Object.fromEntries(
      names.flatMap((name) =>
        globs[name] === undefined || isFixed(globs[name]) || fillGlob(globs[name], '') === ''
          ? []
          : [[name, fillGlob(globs[name], 'evil')]],
      ),
    );
    const idsOfProject = Object.fromEntries(
      Object.entries(ids).filter(
        ([name]) => name !== 'owner_id' && name !== 'namespace_id' && !name.startsWith('actor'),
      ),
    );
    const what = `any ${words.project} of the ${words.tenant} gets in, so every member who can create one`;
    const instead = `write the ${words.project} in full`;
    const isIn = ask('T04', change({ ...idsOfProject, ...others(names) }), what, instead);
    if (!isIn && Object.keys(alike).length > 0)
      ask(
        'T04',
        change({
          ...idsOfProject,
          ...others(names.filter((name) => !(name in alike) && !isFixedField(globs[name]))),
          ...alike,
        }),
        what,
        instead,
      );
  }
  // Another context of the same project.
  const isExplicit = prober.wanted().some((one) => /pull_request|pull-request/.test(one.text));
  for (const { form, fields, who } of model.contexts) {
    if (form.includes('@<') !== probe.form.includes('@<')) continue;
    if (isExplicit && /pull.request/.test(form)) continue;
    ask(
      'T05',
      change(fields, form),
      `the branch, the environment or the trigger is free, so ${who} gets in`,
      'end the subject with the branch or the environment that may get in, or test `ref`',
    );
  }
  // The same names again, registered by somebody else.
  if (model.ids !== undefined && issuerKeys(prober.issuer) !== undefined) {
    const recycled = change(others(model.ids));
    if (!probe.form.includes('@<')) {
      ask(
        'T14',
        recycled,
        `only names are tested, so whoever registers the name of the ${words.tenant} or the ${words.project} again, once it is free, gets in`,
        `test ${model.ids.map((name) => quote(claimOf(model, name))).join(' and ')} too`,
      );
    } else if (/@[^/:]*[*?]/.test(text)) {
      ask(
        'T15',
        recycled,
        'the ids in the subject are wildcards, so names that somebody else registers again get in',
        'write the ids in full',
      );
    }
  }
  // Plan and apply.
  if (model.phases !== undefined && Object.keys(model.phases.plan).every((name) => probe.form.includes(`<${name}>`))) {
    const plan = change(model.phases.plan);
    if (prober.isLetIn(change(model.phases.apply))) {
      ask(
        'T19',
        plan,
        'plan and apply share the role, so a plan, which runs code of a pull request, has the rights of an apply',
        'give plan and apply a role each',
      );
    }
  }
}

function isFixedField(glob: string | undefined): boolean {
  return glob !== undefined && isFixed(glob);
}

function claimOf(model: TokenModel, field: string): string {
  return Object.entries(model.fieldOfClaim ?? {}).find(([, name]) => name === field)?.[0] ?? field;
}
